import { GEOMETRY } from './geometry';

/** Where a packet is on its way, common to arcs and sparks. */
const FLIGHT = `
layout(location = 0) in vec4 a_ends;  // longitude and latitude of source, of sensor
layout(location = 1) in vec4 a_life;  // start, seconds in the air (negative: held), height, class
uniform float u_time;
uniform vec3 u_colors[10];
uniform float u_dashes[10];

vec3 overSphere(float s) {
  vec3 from = onSphere(a_ends.xy);
  vec3 to = onSphere(a_ends.zw);
  float angle = acos(clamp(dot(from, to), -0.9999, 0.9999));
  vec3 ground = (sin((1.0 - s) * angle) * from + sin(s * angle) * to) / sin(angle);
  float reach = 0.30 + 0.70 * angle / PI;
  return ground * (1.0 + a_life.z * reach * sin(PI * s));
}

vec2 overPlane(float s) {
  vec2 from = onPlane(a_ends.xy);
  vec2 to = onPlane(a_ends.zw);
  float reach = 0.25 + min(0.75, length(to - from) * 1.5);
  return mix(from, to, s) - vec2(0.0, a_life.z * 0.34 * reach * sin(PI * s));
}

vec4 flightAt(float s, out float sight) {
  if (u_globe) {
    vec3 at = overSphere(s);
    sight = inSight(at);
    return u_matrix * vec4(at, 1.0);
  }
  sight = 1.0;
  return u_matrix * vec4(overPlane(s), 0.0, 1.0);
}
`;

export const ARC_VERTEX = `#version 300 es
precision highp float;
${GEOMETRY}${FLIGHT}
uniform vec2 u_size;
uniform float u_width;
uniform float u_segments;
out vec3 v_color;
out float v_alpha;
out float v_across;
out float v_along;
out float v_dashes;
out float v_head;

void main() {
  float side = float(gl_VertexID % 2) * 2.0 - 1.0;
  float s = floor(float(gl_VertexID) / 2.0) / u_segments;
  int kind = int(a_life.w + 0.5);
  bool held = a_life.y < 0.0;
  float age = u_time - a_life.x;
  float head = held ? 2.0 : age / a_life.y;
  float fade = held ? 1.0 : 1.0 - smoothstep(1.0, 1.75, head);
  if (age < 0.0 || fade <= 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float sight;
  float sightNext;
  vec4 here = flightAt(s, sight);
  vec4 next = flightAt(s + 0.01, sightNext);
  vec2 way = (next.xy / next.w - here.xy / here.w) * u_size;
  vec2 normal = normalize(vec2(-way.y, way.x) + vec2(1e-6));
  here.xy += normal * side * u_width / u_size * here.w * 2.0;
  here.z = 0.0;
  gl_Position = here;

  float behind = max(0.0, min(head, 1.0) - s);
  float lit = s <= head ? 0.13 + 0.95 * exp(-behind * 6.5) : 0.0;
  v_alpha = (held ? 0.14 - a_life.y * 0.5 : lit) * fade * sight;
  v_color = u_colors[kind];
  v_across = side;
  v_along = s;
  v_dashes = u_dashes[kind];
  v_head = held ? 2.0 : head;
}`;

export const ARC_FRAGMENT = `#version 300 es
precision highp float;
in vec3 v_color;
in float v_alpha;
in float v_across;
in float v_along;
in float v_dashes;
in float v_head;
uniform bool u_light;
out vec4 color;

void main() {
  float d = abs(v_across);
  float core = 1.0 - smoothstep(0.10, 0.30, d);
  float glow = exp(-d * d * 7.0) * (1.0 - d);
  if (v_dashes > 0.0 && v_along < v_head - 0.04) {
    float wave = abs(fract(v_along * v_dashes) - 0.5) * 2.0;
    float cut = smoothstep(0.30, 0.44, wave);
    core *= 0.12 + 0.88 * cut;
    glow *= 0.45 + 0.55 * cut;
  }
  if (u_light) {
    float alpha = clamp((core * 0.95 + glow * 0.16) * min(1.0, v_alpha * 1.25), 0.0, 1.0);
    color = vec4(v_color * alpha, alpha);
  } else {
    // Partly covering, partly adding: many arcs on top of one another keep their colour instead of turning white.
    vec3 hot = mix(v_color, vec3(1.0), core * smoothstep(0.75, 1.1, v_alpha) * 0.35);
    float strength = core * 0.72 * v_alpha;
    float air = glow * 0.24 * v_alpha;
    color = vec4(hot * strength + v_color * air, strength * 0.85 + air * 0.45);
  }
}`;

export const SPARK_VERTEX = `#version 300 es
precision highp float;
${GEOMETRY}${FLIGHT}
uniform vec2 u_size;
uniform float u_dot;     // radians (globe) or world (flat) a pixel
uniform float u_ratio;
uniform bool u_still;
out vec2 v_at;
out vec3 v_color;
out float v_alpha;
flat out int v_kind;

const vec2 CORNERS[6] = vec2[6](vec2(-1, -1), vec2(1, -1), vec2(1, 1), vec2(-1, -1), vec2(1, 1), vec2(-1, 1));

// A patch that lies on the ground, so that rings lie flat on the globe.
vec4 onGround(vec2 place, vec2 corner, float pixels, out float sight) {
  if (u_globe) {
    vec3 up = onSphere(place);
    vec3 east = vec3(cos(place.x), 0.0, -sin(place.x));
    vec3 north = cross(up, east);
    vec3 at = up + (east * corner.x + north * corner.y) * pixels * u_dot;
    sight = smoothstep(0.0, 0.05, dot(up, u_camera) - 1.0);
    return u_matrix * vec4(at * 1.001, 1.0);
  }
  sight = 1.0;
  return u_matrix * vec4(onPlane(place) + corner * pixels * u_dot, 0.0, 1.0);
}

void main() {
  int part = gl_VertexID / 6;   // 0 leaves the source, 1 is in the air, 2 lands
  vec2 corner = CORNERS[gl_VertexID % 6];
  bool held = a_life.y < 0.0;
  float age = u_time - a_life.x;
  float length = held ? 1.0 : a_life.y;
  float sight = 1.0;
  float alpha = 0.0;
  vec4 at = vec4(2.0, 2.0, 2.0, 1.0);
  if (part == 0) {
    float grow = clamp(age / 0.9, 0.0, 1.0);
    alpha = held ? 0.75 : u_still ? 1.0 - smoothstep(0.6, 1.6, age) : 1.0 - smoothstep(0.0, 1.0, age / (length + 0.5));
    if (age >= 0.0 && alpha > 0.0) at = onGround(a_ends.xy, corner, (held || u_still ? 6.0 : 4.0 + 4.0 * grow), sight);
  } else if (part == 1) {
    float s = age / length;
    alpha = 1.0 - smoothstep(0.97, 1.0, s);
    if (!held && !u_still && s > 0.0 && s < 1.0) {
      at = flightAt(s, sight);
      at.xy += corner * 7.0 * u_ratio / u_size * at.w * 2.0;
    }
  } else {
    float since = u_still ? age : age - length;
    float grow = clamp(since / 1.1, 0.0, 1.0);
    alpha = (1.0 - grow) * (1.0 - grow);
    float pixels = u_still ? 13.0 : 5.0 + 21.0 * (1.0 - (1.0 - grow) * (1.0 - grow));
    if (!held && since > 0.0 && grow < 1.0) at = onGround(a_ends.zw, corner, pixels, sight);
  }
  at.z = 0.0;
  gl_Position = at;
  v_at = corner;
  v_alpha = alpha * sight;
  v_color = u_colors[int(a_life.w + 0.5)];
  v_kind = part;
}`;

export const SPARK_FRAGMENT = `#version 300 es
precision highp float;
in vec2 v_at;
in vec3 v_color;
in float v_alpha;
flat in int v_kind;
uniform bool u_light;
out vec4 color;

void main() {
  float d = length(v_at);
  float shape;
  vec3 paint = v_color;
  if (v_kind == 2) {
    shape = smoothstep(0.70, 0.86, d) * (1.0 - smoothstep(0.88, 1.0, d)) + 0.20 * (1.0 - smoothstep(0.0, 0.85, d));
  } else {
    float middle = 1.0 - smoothstep(0.12, 0.34, d);
    shape = middle + 0.5 * exp(-d * d * 5.0) * (1.0 - smoothstep(0.8, 1.0, d));
    if (!u_light) paint = mix(paint, vec3(1.0), middle * (v_kind == 1 ? 0.75 : 0.25));
  }
  float alpha = clamp(shape * v_alpha * (u_light || v_kind == 1 ? 1.0 : 0.7), 0.0, 1.0);
  color = vec4(paint * alpha, u_light ? alpha : alpha * 0.75);
}`;
