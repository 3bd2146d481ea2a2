/** A shader program with its uniforms by name. */
export class Program {
  readonly #program: WebGLProgram;
  readonly #places = new Map<string, WebGLUniformLocation | null>();

  constructor(
    readonly gl: WebGL2RenderingContext,
    vertex: string,
    fragment: string,
  ) {
    this.#program = gl.createProgram();
    for (const [type, source] of [
      [gl.VERTEX_SHADER, vertex],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const) {
      const shader = gl.createShader(type)!;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.#program, shader);
    }
    gl.linkProgram(this.#program);
    if (!gl.getProgramParameter(this.#program, gl.LINK_STATUS) && !gl.isContextLost()) {
      const logs = (gl.getAttachedShaders(this.#program) ?? []).map((each) => gl.getShaderInfoLog(each));
      throw new Error(`The Atlas cannot draw here: ${[gl.getProgramInfoLog(this.#program), ...logs].join(' ')}`);
    }
  }

  use(): void {
    this.gl.useProgram(this.#program);
  }

  place(name: string): WebGLUniformLocation | null {
    let place = this.#places.get(name);
    if (place === undefined) this.#places.set(name, (place = this.gl.getUniformLocation(this.#program, name)));
    return place;
  }

  free(): void {
    this.gl.deleteProgram(this.#program);
  }
}

/** Where the camera stands: taken from the map each time it draws. */
export interface Eye {
  readonly globe: boolean;
  readonly matrix: Float32Array;
  /** Position of the camera, in radii of the globe from its middle. */
  readonly camera: readonly [number, number, number];
  /** Longitude in the middle of the picture, radians. */
  readonly middle: number;
  /** Radians (globe) or worlds (flat) a pixel. */
  readonly dot: number;
}

export function setEye(program: Program, eye: Eye): void {
  const { gl } = program;
  gl.uniformMatrix4fv(program.place('u_matrix'), false, eye.matrix);
  gl.uniform3f(program.place('u_camera'), ...eye.camera);
  gl.uniform1i(program.place('u_globe'), eye.globe ? 1 : 0);
  gl.uniform1f(program.place('u_middle'), eye.middle);
}
