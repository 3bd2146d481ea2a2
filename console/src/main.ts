import './style/tokens.css';
import './style/base.css';
import './style/page.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { followLinks } from './state/address.svelte';

followLinks();
mount(App, { target: document.getElementById('app')! });
