import { paintClasses } from '../classes';

export type Theme = 'system' | 'light' | 'dark';
export type Language = 'ja' | 'en';

function stored(name: string): string | null {
  try {
    return localStorage.getItem(`hinomi.${name}`);
  } catch {
    return null; // storage may be forbidden: the choice then lasts as long as the page
  }
}

function store(name: string, value: string): void {
  try {
    localStorage.setItem(`hinomi.${name}`, value);
  } catch {
    // as above
  }
}

const darkWanted = matchMedia('(prefers-color-scheme: dark)');
const stillWanted = matchMedia('(prefers-reduced-motion: reduce)');

class Preferences {
  theme = $state<Theme>(firstTheme());
  language = $state<Language>(firstLanguage());
  #systemDark = $state(darkWanted.matches);
  /** True when motion is to be reduced. */
  still = $state(stillWanted.matches);
  dark = $derived(this.theme === 'system' ? this.#systemDark : this.theme === 'dark');

  constructor() {
    darkWanted.addEventListener('change', () => this.#follow(darkWanted.matches));
    stillWanted.addEventListener('change', () => (this.still = stillWanted.matches));
    this.#paint();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    store('theme', theme);
    this.#paint();
  }

  setLanguage(language: Language): void {
    this.language = language;
    store('language', language);
    this.#paint();
  }

  #follow(dark: boolean): void {
    this.#systemDark = dark;
    this.#paint();
  }

  #paint(): void {
    const root = document.documentElement;
    if (this.theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = this.theme;
    root.lang = this.language;
    paintClasses(this.dark);
  }
}

function firstTheme(): Theme {
  const theme = stored('theme');
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

function firstLanguage(): Language {
  const chosen = stored('language');
  if (chosen === 'ja' || chosen === 'en') return chosen;
  return navigator.languages.some((each) => each.toLowerCase().startsWith('ja')) ? 'ja' : 'en';
}

export const preferences = new Preferences();
