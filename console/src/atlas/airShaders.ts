import { GEOMETRY } from './geometry';

/** Night with a soft edge, and on the globe a lit limb. */
export const NIGHT_VERTEX = `#version 300 es
precision highp float;
${GEOMETRY}
layout(location = 0) in vec2 a_grid; // -1..1 across and up
out vec3 v_up;
out float v_front;

void main() {
  vec2 place = vec2(u_middle + a_grid.x * PI, a_grid.y * PI / 2.0);
  vec3 up = onSphere(place);
  v_up = up;
  if (u_globe) {
    gl_Position = u_matrix * vec4(up * 1.0005, 1.0);
    v_front = dot(up, u_camera) - 1.0;
  } else {
    float y = a_grid.y * 1.4844;
    v_up = onSphere(vec2(place.x, y));
    vec2 flatAt = onPlane(vec2(0.0, y));
    gl_Position = u_matrix * vec4((u_middle + a_grid.x * PI + PI) / (2.0 * PI), flatAt.y, 0.0, 1.0);
    v_front = 1.0;
  }
  gl_Position.z = 0.0;
}`;

export const NIGHT_FRAGMENT = `#version 300 es
precision highp float;
in vec3 v_up;
in float v_front;
uniform vec3 u_sun;
uniform vec3 u_night;
uniform vec3 u_halo;
uniform vec3 u_camera;
uniform bool u_globe;
uniform float u_depth;
uniform float u_cover;
out vec4 color;

void main() {
  if (v_front < 0.0) discard;
  vec3 up = normalize(v_up);
  float height = dot(up, u_sun);
  float dark = smoothstep(0.05, -0.2, height) * u_depth;
  float dusk = exp(-pow((height + 0.01) / 0.007, 2.0)) * 0.13;
  float limb = 0.0;
  if (u_globe) {
    float facing = dot(normalize(u_camera - up), up);
    limb = pow(1.0 - clamp(facing, 0.0, 1.0), 3.5) * 0.55;
  }
  float light = clamp(limb + dusk, 0.0, 1.0);
  vec3 paint = u_night * dark * (1.0 - light) + u_halo * light * (1.0 - dark * 0.55);
  color = vec4(paint, clamp(dark * (1.0 - light) + light * u_cover, 0.0, 1.0));
}`;

/** The glow of the air around the globe: a ring behind its limb. */
export const HALO_VERTEX = `#version 300 es
precision highp float;
uniform mat4 u_matrix;
uniform vec3 u_camera;
layout(location = 0) in vec2 a_ring; // angle, 0 inside to 1 outside
out float v_out;

void main() {
  float distance = length(u_camera);
  vec3 n = u_camera / distance;
  vec3 side = normalize(cross(abs(n.y) > 0.98 ? vec3(1.0, 0.0, 0.0) : vec3(0.0, 1.0, 0.0), n));
  vec3 top = cross(n, side);
  float horizon = sqrt(max(0.0, 1.0 - 1.0 / (distance * distance)));
  float radius = horizon * (0.995 + a_ring.y * 0.17);
  gl_Position = u_matrix * vec4(n / distance + radius * (cos(a_ring.x) * side + sin(a_ring.x) * top), 1.0);
  gl_Position.z = 0.0;
  v_out = a_ring.y;
}`;

export const HALO_FRAGMENT = `#version 300 es
precision highp float;
in float v_out;
uniform vec3 u_halo;
uniform float u_strength;
uniform float u_cover;
out vec4 color;

void main() {
  float glow = pow(1.0 - v_out, 3.2) * 0.55 + exp(-v_out * 26.0) * 0.5;
  color = vec4(u_halo * glow * u_strength, glow * u_strength * u_cover);
}`;
