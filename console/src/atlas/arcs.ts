import { CLASSES } from '../classes';
import { Program, setEye, type Eye } from './gl';
import type { Paints } from './paint';
import { ARC_FRAGMENT, ARC_VERTEX, SPARK_FRAGMENT, SPARK_VERTEX } from './arcShaders';

/** Most arcs drawn at once; what does not fit is counted, not drawn. */
export const MOST_ARCS = 500;
const FLOATS = 8;
const SEGMENTS = 32;
/** An arc stays this many flights long: the flight, then the fading. */
const LIFE = 1.8;
const RADIAN = Math.PI / 180;
/** Start times are kept near zero so that 32-bit floats stay exact to the millisecond. */
const REBASE_AFTER_S = 1800;

export interface Flight {
  readonly lon: number;
  readonly lat: number;
  readonly toLon: number;
  readonly toLat: number;
  readonly port: number;
  readonly class: number;
}

/** Height of an arc in radii of the globe: rises with the port number, steeper among the low ones. */
export function arcHeight(port: number): number {
  return 0.06 + 0.52 * Math.sqrt(Math.min(65_535, Math.max(0, port)) / 65_535);
}

/** Draws arcs in a canvas of its own above the map: the map itself stays still while packets fly. */
export class Arcs {
  readonly #gl: WebGL2RenderingContext;
  readonly #arc: Program;
  readonly #spark: Program;
  readonly #buffer: WebGLBuffer;
  readonly #data = new Float32Array(MOST_ARCS * FLOATS);
  readonly #ends = new Float64Array(MOST_ARCS);
  /** Most arcs in the air now: fewer where the machine draws slowly. */
  limit = MOST_ARCS;
  #used = 0;
  #changed = false;
  #time = 0;
  #next = 0;
  #colors = new Float32Array(CLASSES.length * 3);
  readonly #dashes = new Float32Array(CLASSES.map((each) => each.dashes));
  #light = false;

  /** Null where the browser gives no WebGL 2. */
  static on(canvas: HTMLCanvasElement): Arcs | null {
    const gl = canvas.getContext('webgl2', { alpha: true, premultipliedAlpha: true, antialias: false, depth: false });
    return gl ? new Arcs(gl) : null;
  }

  private constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#arc = new Program(gl, ARC_VERTEX, ARC_FRAGMENT);
    this.#spark = new Program(gl, SPARK_VERTEX, SPARK_FRAGMENT);
    this.#buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.#data.byteLength, gl.DYNAMIC_DRAW);
    for (const place of [0, 1]) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, 4, gl.FLOAT, false, FLOATS * 4, place * 16);
      gl.vertexAttribDivisor(place, 1);
    }
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  paint(paints: Paints): void {
    this.#colors = new Float32Array(paints.classes.flat());
    this.#light = !paints.dark;
  }

  /** The clock of the picture, in seconds; it stands still while paused. */
  get time(): number {
    return this.#time;
  }

  advance(seconds: number): void {
    this.#time += seconds;
    if (this.#time > REBASE_AFTER_S) this.#rebase();
  }

  /** True while something moves; held arcs do not. */
  get busy(): boolean {
    for (let i = 0; i < this.#used; i++) if (this.#ends[i]! > this.#time && this.#ends[i]! < Number.POSITIVE_INFINITY) return true;
    return false;
  }

  get inTheAir(): number {
    let count = 0;
    for (let i = 0; i < this.#used; i++) if (this.#ends[i]! > this.#time) count++;
    return count;
  }

  /** Starts an arc after a delay; false when the sky is full. */
  add(flight: Flight, delay: number): boolean {
    const slot = this.#freeSlot();
    if (slot < 0) return false;
    const start = this.#time + delay;
    const lasts = 1.25 + 1.0 * farness(flight);
    this.#put(slot, flight, start, lasts);
    this.#ends[slot] = start + Math.max(lasts * LIFE, lasts + 1.2);
    return true;
  }

  /** Holds an arc until `clear`; weight 0..1 is its strength. */
  hold(flight: Flight, weight: number): boolean {
    const slot = this.#freeSlot();
    if (slot < 0) return false;
    this.#put(slot, flight, this.#time, -Math.max(0.05, Math.min(1, weight)));
    this.#ends[slot] = Number.POSITIVE_INFINITY;
    return true;
  }

  clear(): void {
    this.#ends.fill(0);
    this.#used = 0;
    this.#next = 0;
  }

  draw(eye: Eye, width: number, height: number, ratio: number, still: boolean): void {
    const gl = this.#gl;
    if (gl.isContextLost()) return;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (this.#used === 0) return;
    if (this.#changed) gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.#data, 0, this.#used * FLOATS);
    this.#changed = false;
    if (!still || this.#ends[0] === Number.POSITIVE_INFINITY) {
      this.#ready(this.#arc, eye, width, height);
      gl.uniform1f(this.#arc.place('u_width'), 5.5 * ratio);
      gl.uniform1f(this.#arc.place('u_segments'), SEGMENTS);
      gl.uniform1fv(this.#arc.place('u_dashes'), this.#dashes);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, (SEGMENTS + 1) * 2, this.#used);
    }
    this.#ready(this.#spark, eye, width, height);
    gl.uniform1f(this.#spark.place('u_dot'), eye.dot);
    gl.uniform1f(this.#spark.place('u_ratio'), ratio);
    gl.uniform1i(this.#spark.place('u_still'), still ? 1 : 0);
    gl.drawArraysInstanced(gl.TRIANGLES, 0, 18, this.#used);
  }

  free(): void {
    this.#arc.free();
    this.#spark.free();
    this.#gl.deleteBuffer(this.#buffer);
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #ready(program: Program, eye: Eye, width: number, height: number): void {
    const gl = this.#gl;
    program.use();
    setEye(program, eye);
    gl.uniform2f(program.place('u_size'), width, height);
    gl.uniform1f(program.place('u_time'), this.#time);
    gl.uniform3fv(program.place('u_colors'), this.#colors);
    gl.uniform1i(program.place('u_light'), this.#light ? 1 : 0);
  }

  #put(slot: number, flight: Flight, start: number, lasts: number): void {
    const to = slot * FLOATS;
    this.#data[to] = flight.lon * RADIAN;
    this.#data[to + 1] = flight.lat * RADIAN;
    this.#data[to + 2] = flight.toLon * RADIAN;
    this.#data[to + 3] = flight.toLat * RADIAN;
    this.#data[to + 4] = start;
    this.#data[to + 5] = lasts;
    this.#data[to + 6] = arcHeight(flight.port);
    this.#data[to + 7] = Math.min(CLASSES.length - 1, Math.max(0, flight.class));
    this.#changed = true;
  }

  #freeSlot(): number {
    const reach = Math.min(this.#used, this.limit);
    for (let tried = 0; tried < reach; tried++) {
      const slot = (this.#next + tried) % reach;
      if (this.#ends[slot]! <= this.#time) {
        this.#next = slot + 1;
        return slot;
      }
    }
    return this.#used < this.limit ? this.#used++ : -1;
  }

  #rebase(): void {
    for (let i = 0; i < this.#used; i++) {
      this.#data[i * FLOATS + 4]! -= this.#time;
      this.#ends[i]! -= this.#time;
    }
    this.#time = 0;
    this.#changed = true;
  }
}

/** 0 beside the sensor, 1 on the other side of the world. */
function farness(flight: Flight): number {
  const [a, b] = [flight.lat * RADIAN, flight.toLat * RADIAN];
  const turn = Math.cos((flight.lon - flight.toLon) * RADIAN);
  return Math.acos(Math.max(-1, Math.min(1, Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * turn))) / Math.PI;
}
