import type { Map as WorldMap, CustomRenderMethodInput, GeoJSONSource } from 'maplibre-gl';
import workerAddress from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { coarse, fine } from 'virtual:world';
import { Air } from './air';
import { Arcs, MOST_ARCS } from './arcs';
import type { Eye } from './gl';
import { Pace } from './pace';
import type { Paints } from './paint';
import { mapStyle, type Projection, type Shapes } from './style';

const WALL_DEGREES_A_SECOND = 2.2;
const RADIAN = Math.PI / 180;
/** What a slow machine is asked to draw. */
const FEW_ARCS = 140;
const ROUGH = 0.6;
const TILE = 512;
/** Screens narrower than this keep the coarse coast: the fine one would not be seen. */
const FINE_FROM_PX = 900;

/** Room that panels take at the edges, in pixels. */
export interface Inset {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface WorldOptions {
  readonly box: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly paints: Paints;
  readonly projection: Projection;
  /** What the globe first turns to: longitude and latitude. */
  readonly middle: readonly [number, number];
  readonly inset: () => Inset;
  readonly still: () => boolean;
  readonly onCountry: (code: string) => void;
  readonly onMove: () => void;
}

/** The map and the arcs above it, kept in step. */
export class World {
  readonly arcs: Arcs;
  paused = false;
  turning = false;
  readonly #map: WorldMap;
  readonly #options: WorldOptions;
  readonly #air: Air;
  #eye: Eye | null = null;
  #frame = 0;
  #last = 0;
  #projection: Projection;
  #cost = 0;
  #chosen: string | null = null;
  #closed = false;
  readonly #pace = new Pace();
  #drawnEmpty = false;
  readonly #resize: ResizeObserver;

  /** Null where there is no WebGL 2. */
  static async open(options: WorldOptions): Promise<World | null> {
    const arcs = Arcs.on(options.canvas);
    if (!arcs) return null;
    const { Map, setWorkerUrl } = await import('maplibre-gl');
    setWorkerUrl(workerAddress);
    const map = new Map({
      container: options.box,
      style: mapStyle(options.paints, options.projection),
      center: [options.middle[0], options.middle[1]],
      zoom: 1,
      minZoom: -1,
      maxZoom: 6,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxPitch: 0,
      fadeDuration: 0,
      trackResize: false,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    return new World(map, arcs, options);
  }

  private constructor(map: WorldMap, arcs: Arcs, options: WorldOptions) {
    this.#map = map;
    this.arcs = arcs;
    this.#options = options;
    this.#projection = options.projection;
    this.#air = new Air(options.paints, (input) => (this.#eye = this.#eyeFrom(input)));
    arcs.paint(options.paints);
    map.on('load', () => void this.#fill());
    map.on('render', () => this.#draw());
    map.once('idle', () => options.onMove());
    map.on('move', () => options.onMove());
    map.on('click', 'land', (event) => {
      const code = event.features?.[0]?.properties['cc'] as string | undefined;
      if (code) options.onCountry(code);
    });
    map.on('mousemove', 'land', () => (map.getCanvas().style.cursor = 'pointer'));
    map.on('mouseleave', 'land', () => (map.getCanvas().style.cursor = ''));
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#resize.observe(options.box);
    this.#fit();
    this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }

  /** Changes theme or projection; the arcs in the air go on. */
  restyle(paints: Paints, projection: Projection): void {
    this.#air.paints = paints;
    this.arcs.paint(paints);
    const turned = projection !== this.#projection;
    this.#projection = projection;
    this.#map.setStyle(mapStyle(paints, projection), { diff: false });
    this.#map.once('styledata', () => void this.#fill());
    if (turned) this.#fit();
  }

  /** Where the sun stands. */
  setTime(time: Date): void {
    if (Math.abs(time.getTime() - this.#air.time.getTime()) < 30_000) return;
    this.#air.time = time;
    this.#map.triggerRepaint();
  }

  /** Marks a country; null marks none. */
  choose(country: string | null): void {
    this.#chosen = country;
    if (this.#map.getLayer('chosen')) this.#map.setFilter('chosen', ['==', ['get', 'cc'], country ?? '-']);
  }

  /** Place on the screen, or null where the globe hides it. */
  screen(lon: number, lat: number): { x: number; y: number } | null {
    const eye = this.#eye;
    if (!eye) return null;
    if (eye.globe) {
      const [x, y] = [lon * RADIAN, lat * RADIAN];
      const up = [Math.sin(x) * Math.cos(y), Math.sin(y), Math.cos(x) * Math.cos(y)];
      if (up[0]! * eye.camera[0] + up[1]! * eye.camera[1] + up[2]! * eye.camera[2] < 1.12) return null;
    }
    const middle = this.#map.getCenter().lng;
    const near = lon + Math.round((middle - lon) / 360) * 360;
    return this.#map.project([near, lat]);
  }

  /** Redraws the arcs although nothing moves, after they were changed by hand. */
  refresh(): void {
    this.#drawnEmpty = false;
    this.#draw();
  }

  zoom(steps: number): void {
    this.#map.zoomTo(this.#map.getZoom() + steps, { duration: this.#options.still() ? 0 : 250 });
  }

  home(): void {
    this.#fit();
  }

  close(): void {
    this.#closed = true;
    cancelAnimationFrame(this.#frame);
    this.#resize.disconnect();
    this.arcs.free();
    this.#map.remove();
  }

  async #fill(): Promise<void> {
    if (!this.#map.getLayer('air')) this.#map.addLayer(this.#air);
    this.choose(this.#chosen);
    await this.#show(coarse);
    if (this.#options.box.clientWidth >= FINE_FROM_PX) await this.#show(fine);
  }

  async #show(address: string): Promise<void> {
    const answer = await fetch(address);
    if (!answer.ok || this.#closed) return;
    const shapes = (await answer.json()) as Shapes;
    if (this.#closed) return;
    for (const name of ['land', 'coast', 'borders'] as const) {
      (this.#map.getSource(name) as GeoJSONSource | undefined)?.setData(shapes[name]);
    }
  }

  /** Makes the world fill the free part of the box. */
  #fit(): void {
    const { box, middle } = this.#options;
    if (box.clientWidth === 0 || box.clientHeight === 0) return;
    const inset = this.#options.inset();
    this.#sizeCanvas();
    this.#map.resize();
    const width = Math.max(200, box.clientWidth - inset.right - inset.left);
    const height = Math.max(200, box.clientHeight - inset.bottom - inset.top);
    const flat = this.#projection === 'flat';
    const lat = flat ? 24 : middle[1];
    const radius = Math.min(width * 0.5, height * 0.5) * 0.97;
    const zoom = flat
      ? Math.log2(Math.max(box.clientWidth, height * 1.25) / TILE)
      : Math.log2((surfaceRadius(radius, box.clientHeight) * 2 * Math.PI * Math.cos(lat * RADIAN)) / TILE);
    this.#map.setMinZoom(flat ? Math.log2(box.clientWidth / TILE) : zoom - 0.8);
    this.#map.jumpTo({
      center: [middle[0], lat],
      zoom,
      padding: flat ? { top: 0, bottom: 0, left: 0, right: 0 } : inset,
    });
    this.#drawnEmpty = false;
  }

  #sizeCanvas(): void {
    const { box, canvas } = this.#options;
    const ratio = Math.min(2, window.devicePixelRatio || 1) * (this.#pace.thrifty ? ROUGH : 1);
    canvas.width = Math.round(box.clientWidth * ratio);
    canvas.height = Math.round(box.clientHeight * ratio);
    this.arcs.limit = this.#pace.thrifty ? FEW_ARCS : MOST_ARCS;
  }

  #eyeFrom(input: CustomRenderMethodInput): Eye {
    const data = input.defaultProjectionData;
    const globe = this.#projection === 'globe';
    const [a, b, c, d] = data.clippingPlane;
    const size = Math.hypot(a, b, c) || 1;
    const distance = d === 0 ? 4 : Math.abs(size / d);
    const center = this.#map.getCenter();
    const world = TILE * 2 ** this.#map.getZoom();
    return {
      globe,
      matrix: Float32Array.from(data.mainMatrix),
      camera: [(a / size) * distance, (b / size) * distance, (c / size) * distance],
      middle: center.lng * RADIAN,
      dot: globe ? (2 * Math.PI * Math.cos(center.lat * RADIAN)) / world : 1 / world,
    };
  }

  #tick(now: number): void {
    const began = performance.now();
    const spent = now - this.#last;
    const seconds = Math.min(0.4, spent / 1000);
    this.#last = now;
    if (!this.paused) this.arcs.advance(seconds);
    if (this.turning && !this.#options.still()) {
      const center = this.#map.getCenter();
      this.#map.jumpTo({ center: [center.lng + WALL_DEGREES_A_SECOND * seconds, center.lat] });
    } else if (!this.paused && (this.arcs.busy || !this.#drawnEmpty)) {
      this.#drawnEmpty = !this.arcs.busy;
      if (this.arcs.busy && !document.hidden && this.#pace.frame(now, spent)) this.#sizeCanvas();
      this.#draw();
    }
    this.#note(performance.now() - began);
    this.#frame = requestAnimationFrame((next) => this.#tick(next));
  }

  #draw(): void {
    if (!this.#eye) return;
    const { canvas } = this.#options;
    const ratio = canvas.width / Math.max(1, this.#options.box.clientWidth);
    this.arcs.draw(this.#eye, canvas.width, canvas.height, ratio, this.#options.still());
  }

  /** What the picture costs, for whoever measures: script a frame in milliseconds, arcs in the air. */
  #note(spent: number): void {
    this.#cost += (spent - this.#cost) / 30;
    const { dataset } = this.#options.canvas;
    dataset['script'] = this.#cost.toFixed(2);
    dataset['arcs'] = String(this.arcs.inTheAir);
  }
}

/** The limb of a globe is farther from the camera than its middle: the radius to draw so that it appears as asked. */
function surfaceRadius(apparent: number, height: number): number {
  const camera = 1.5 * height; // MapLibre's field of view puts the camera that far away
  return (apparent * apparent + apparent * Math.hypot(apparent, camera)) / camera;
}
