import type { CustomLayerInterface, CustomRenderMethodInput } from 'maplibre-gl';
import { Program, setEye, type Eye } from './gl';
import type { Paints } from './paint';
import { HALO_FRAGMENT, HALO_VERTEX, NIGHT_FRAGMENT, NIGHT_VERTEX } from './airShaders';
import { sunAt } from './sun';

const COLUMNS = 96;
const ROWS = 48;
const RING_STEPS = 128;

/** Night, dusk and the glow of the air, drawn with the map; it also notes where the camera stands. */
export class Air implements CustomLayerInterface {
  readonly id = 'air';
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  paints: Paints;
  time = new Date();
  night = true;
  readonly #eyeOf: (input: CustomRenderMethodInput) => Eye;
  #nightProgram: Program | null = null;
  #haloProgram: Program | null = null;
  #grid: WebGLVertexArrayObject | null = null;
  #gridCount = 0;
  #ring: WebGLVertexArrayObject | null = null;

  constructor(paints: Paints, eyeOf: (input: CustomRenderMethodInput) => Eye) {
    this.paints = paints;
    this.#eyeOf = eyeOf;
  }

  onAdd(_: unknown, gl: WebGL2RenderingContext): void {
    this.#nightProgram = new Program(gl, NIGHT_VERTEX, NIGHT_FRAGMENT);
    this.#haloProgram = new Program(gl, HALO_VERTEX, HALO_FRAGMENT);
    this.#grid = loaded(gl, gridPoints());
    this.#gridCount = COLUMNS * ROWS * 6;
    this.#ring = loaded(gl, ringPoints());
  }

  onRemove(_: unknown, gl: WebGL2RenderingContext): void {
    this.#nightProgram?.free();
    this.#haloProgram?.free();
    gl.deleteVertexArray(this.#grid);
    gl.deleteVertexArray(this.#ring);
    this.#nightProgram = this.#haloProgram = this.#grid = this.#ring = null;
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const eye = this.#eyeOf(input);
    if (!this.#nightProgram || !this.#haloProgram) return;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    if (eye.globe) this.#drawHalo(gl, eye);
    const program = this.#nightProgram;
    program.use();
    setEye(program, eye);
    gl.uniform3fv(program.place('u_sun'), sunAt(this.time));
    gl.uniform3fv(program.place('u_night'), this.paints.night);
    gl.uniform3fv(program.place('u_halo'), this.paints.halo);
    gl.uniform1f(program.place('u_depth'), this.night ? (this.paints.dark ? 0.5 : 0.2) : 0);
    gl.uniform1f(program.place('u_cover'), this.paints.dark ? 0.5 : 1);
    gl.bindVertexArray(this.#grid);
    gl.drawArrays(gl.TRIANGLES, 0, this.#gridCount);
    gl.bindVertexArray(null);
  }

  #drawHalo(gl: WebGL2RenderingContext, eye: Eye): void {
    const program = this.#haloProgram!;
    program.use();
    gl.uniformMatrix4fv(program.place('u_matrix'), false, eye.matrix);
    gl.uniform3f(program.place('u_camera'), ...eye.camera);
    gl.uniform3fv(program.place('u_halo'), this.paints.halo);
    gl.uniform1f(program.place('u_strength'), this.paints.dark ? 0.85 : 0.6);
    gl.uniform1f(program.place('u_cover'), this.paints.dark ? 0.35 : 1);
    gl.bindVertexArray(this.#ring);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, (RING_STEPS + 1) * 2);
  }
}

function loaded(gl: WebGL2RenderingContext, points: Float32Array): WebGLVertexArrayObject {
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, points, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.bindVertexArray(null);
  return array;
}

function gridPoints(): Float32Array {
  const points: number[] = [];
  const x = (column: number) => (column / COLUMNS) * 2 - 1;
  const y = (row: number) => (row / ROWS) * 2 - 1;
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const [left, right, low, high] = [x(column), x(column + 1), y(row), y(row + 1)];
      points.push(left, low, right, low, right, high, left, low, right, high, left, high);
    }
  }
  return new Float32Array(points);
}

function ringPoints(): Float32Array {
  const points: number[] = [];
  for (let step = 0; step <= RING_STEPS; step++) {
    const angle = (step / RING_STEPS) * 2 * Math.PI;
    points.push(angle, 0, angle, 1);
  }
  return new Float32Array(points);
}
