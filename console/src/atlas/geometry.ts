/** GLSL that all shaders of the Atlas share. Angles are radians; the globe is a unit sphere, the flat map the mercator square 0..1. */
export const GEOMETRY = `
uniform mat4 u_matrix;
uniform vec3 u_camera;
uniform bool u_globe;
uniform float u_middle;
const float PI = 3.14159265;

vec3 onSphere(vec2 place) {
  return vec3(sin(place.x) * cos(place.y), sin(place.y), cos(place.x) * cos(place.y));
}

// The flat world is centred on what is looked at, so no line has to cross its edge.
float aroundMiddle(float longitude) {
  float off = mod(longitude - u_middle + PI, 2.0 * PI) - PI;
  return (u_middle + off + PI) / (2.0 * PI);
}

vec2 onPlane(vec2 place) {
  float latitude = clamp(place.y, -1.4844, 1.4844);
  return vec2(aroundMiddle(place.x), 0.5 - log(tan(PI / 4.0 + latitude / 2.0)) / (2.0 * PI));
}

// 1 where the globe does not stand between the camera and a point, 0 where it does, soft at the limb.
float inSight(vec3 at) {
  vec3 ray = at - u_camera;
  float along = -dot(u_camera, ray) / dot(ray, ray);
  if (along >= 1.0 || along <= 0.0) return smoothstep(-0.02, 0.02, length(at) - 1.0 + 0.02);
  return smoothstep(0.985, 1.0, length(u_camera + ray * along));
}
`;
