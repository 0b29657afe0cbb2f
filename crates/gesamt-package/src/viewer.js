// A small viewer for the package's own GLBs: one mesh, one material with base colour, normal, ORM and emission.
function view(canvas, base64, palette) {
  const gl = canvas.getContext("webgl2", { antialias: true, alpha: false });
  if (!gl || !base64) return;
  const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  const words = new DataView(bytes.buffer);
  const jsonLength = words.getUint32(12, true);
  const gltf = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + jsonLength)));
  const binary = bytes.subarray(28 + jsonLength);
  const slice = i => { const v = gltf.bufferViews[i]; return binary.subarray(v.byteOffset, v.byteOffset + v.byteLength); };
  const primitive = gltf.meshes[0].primitives[0];
  const accessor = i => gltf.accessors[i];
  const compile = (type, source) => {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) console.error(gl.getShaderInfoLog(shader));
    return shader;
  };
  const program = gl.createProgram();
  gl.attachShader(program, compile(gl.VERTEX_SHADER, `#version 300 es
    layout(location=0) in vec3 position; layout(location=1) in vec3 normal; layout(location=2) in vec4 tangent; layout(location=3) in vec2 uv;
    uniform mat4 clip; out vec3 P; out vec3 N; out vec4 T; out vec2 U;
    void main() { P = position; N = normal; T = tangent; U = uv; gl_Position = clip * vec4(position, 1.0); }`));
  gl.attachShader(program, compile(gl.FRAGMENT_SHADER, `#version 300 es
    precision highp float;
    in vec3 P; in vec3 N; in vec4 T; in vec2 U; out vec4 color;
    uniform sampler2D baseMap, normalMap, ormMap, glowMap; uniform vec3 eye, key, ambient, ground; uniform float glow;
    vec3 environment(vec3 d, float rough) {
      float up = smoothstep(-0.5 - rough, 0.5 + rough, d.y);
      vec3 sky = mix(ground, ambient, up);
      vec3 sun = normalize(vec3(0.5, 0.75, 0.45));
      float lobe = mix(300.0, 3.0, sqrt(rough));
      return sky + key * pow(max(dot(d, sun), 0.0), lobe) * (lobe + 2.0) * 0.02;
    }
    void main() {
      vec3 base = texture(baseMap, U).rgb, orm = texture(ormMap, U).rgb, n = texture(normalMap, U).rgb * 2.0 - 1.0;
      vec3 normal = normalize(N), tangent = normalize(T.xyz), bitangent = cross(normal, tangent) * T.w;
      vec3 nn = normalize(n.x * tangent + n.y * bitangent + n.z * normal), v = normalize(eye - P), l = normalize(vec3(0.5, 0.75, 0.45)), h = normalize(v + l);
      float rough = max(orm.g, 0.05), metal = orm.b, nv = max(dot(nn, v), 0.02), nl = max(dot(nn, l), 0.0), nh = max(dot(nn, h), 0.0);
      vec3 f0 = mix(vec3(0.04), base, metal), f = f0 + (1.0 - f0) * pow(1.0 - max(dot(h, v), 0.0), 5.0);
      float a = rough * rough, d = nh * nh * (a * a - 1.0) + 1.0, ggx = a * a / (3.1416 * d * d), k = a * 0.5;
      float vis = 0.25 / ((nl * (1.0 - k) + k) * (nv * (1.0 - k) + k));
      vec3 diffuse = base * (1.0 - metal);
      vec3 light = key * 3.0 * nl * (diffuse / 3.1416 + f * ggx * vis);
      vec3 fill = mix(ground, ambient, nn.y * 0.5 + 0.5) * diffuse * orm.r;
      vec3 fr = f0 + (max(vec3(1.0 - rough), f0) - f0) * pow(1.0 - nv, 5.0);
      vec3 mirror = environment(reflect(-v, nn), rough) * fr * mix(1.0, orm.r, 0.7);
      vec3 c = light + fill + mirror + texture(glowMap, U).rgb * glow;
      c = c * (1.0 + c / 9.0) / (1.0 + c);
      color = vec4(pow(c, vec3(1.0 / 2.2)), 1.0);
    }`));
  gl.linkProgram(program);
  gl.useProgram(program);
  const upload = (index, location, components) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, slice(accessor(index).bufferView), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, components, gl.FLOAT, false, 0, 0);
  };
  const attributes = primitive.attributes;
  upload(attributes.POSITION, 0, 3); upload(attributes.NORMAL, 1, 3); upload(attributes.TANGENT, 2, 4); upload(attributes.TEXCOORD_0, 3, 2);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, slice(accessor(primitive.indices).bufferView), gl.STATIC_DRAW);
  const place = name => gl.getUniformLocation(program, name);
  const texture = async (unit, name, image, isColor) => {
    gl.uniform1i(place(name), unit);
    const target = gl.createTexture();
    const bind = () => { gl.activeTexture(gl.TEXTURE0 + unit); gl.bindTexture(gl.TEXTURE_2D, target); };
    bind();
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 1, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(unit === 1 ? [128, 128, 255, 255] : [0, 0, 0, 255]));
    if (image === undefined) return;
    const bitmap = await createImageBitmap(new Blob([slice(gltf.images[image].bufferView)], { type: "image/png" }), { colorSpaceConversion: "none" });
    bind();
    gl.texImage2D(gl.TEXTURE_2D, 0, isColor ? gl.SRGB8_ALPHA8 : gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  };
  const material = gltf.materials[0], source = t => t === undefined ? undefined : gltf.textures[t.index].source;
  texture(0, "baseMap", source(material.pbrMetallicRoughness.baseColorTexture), true);
  texture(1, "normalMap", source(material.normalTexture), false);
  texture(2, "ormMap", source(material.occlusionTexture), false);
  texture(3, "glowMap", source(material.emissiveTexture), true);
  const strength = material.extensions ? material.extensions.KHR_materials_emissive_strength.emissiveStrength : 1;
  gl.uniform1f(place("glow"), Math.min(strength, 4));
  const linear = hex => [1, 3, 5].map(i => Math.pow(parseInt(hex.slice(i, i + 2), 16) / 255, 2.2));
  const role = name => { const found = palette.find(s => s.role === name); return linear(found ? found.hex : "#888888"); };
  const mix = (a, b, t) => a.map((v, i) => v * (1 - t) + b[i] * t);
  gl.uniform3fv(place("key"), mix(role("key"), [1, 1, 1], 0.5));
  gl.uniform3fv(place("ambient"), mix(role("ambient"), [0.55, 0.58, 0.62], 0.6));
  gl.uniform3fv(place("ground"), mix(role("shadow"), [0.12, 0.11, 0.1], 0.5));
  const { min, max } = accessor(attributes.POSITION);
  const middle = min.map((v, i) => (v + max[i]) / 2), radius = Math.hypot(...min.map((v, i) => max[i] - v)) / 2;
  let yaw = 0.6, pitch = 0.28, zoom = 1, drag = null, touched = 0;
  canvas.onpointerdown = e => { drag = [e.clientX, e.clientY]; canvas.setPointerCapture(e.pointerId); };
  canvas.onpointermove = e => { if (drag) { yaw -= (e.clientX - drag[0]) * 0.01; pitch = Math.max(-0.4, Math.min(1.4, pitch + (e.clientY - drag[1]) * 0.01)); drag = [e.clientX, e.clientY]; touched = performance.now(); } };
  canvas.onpointerup = () => { drag = null; };
  canvas.onwheel = e => { e.preventDefault(); zoom = Math.max(0.4, Math.min(2.5, zoom * Math.exp(e.deltaY * 0.001))); };
  let last = performance.now(), visible = true;
  new IntersectionObserver(entries => { visible = entries[0].isIntersecting; }).observe(canvas);
  const frame = now => {
    requestAnimationFrame(frame);
    if (!visible) { last = now; return; }
    if (!drag && now - touched > 2500) yaw += (now - last) * 0.0004;
    last = now;
    const px = Math.min(canvas.clientWidth * (devicePixelRatio || 1), 900) | 0;
    // A fresh canvas is 300 by 150: its width alone does not tell.
    if (canvas.width !== px || canvas.height !== px) { canvas.width = px; canvas.height = px; }
    gl.viewport(0, 0, px, px);
    const shade = mix(role("shadow"), [0.03, 0.03, 0.04], 0.6).map(v => Math.pow(v * 0.5 + 0.01, 1 / 2.2));
    gl.clearColor(...shade, 1);
    gl.enable(gl.DEPTH_TEST);
    gl.enable(gl.CULL_FACE);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const distance = radius * 2.9 * zoom, back = [Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)];
    const eye = middle.map((v, i) => v + back[i] * distance);
    const right = [Math.cos(yaw), 0, -Math.sin(yaw)];
    const up = [back[1] * right[2] - back[2] * right[1], back[2] * right[0] - back[0] * right[2], back[0] * right[1] - back[1] * right[0]];
    const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2], f = 2.6, near = distance * 0.05, far = distance + radius * 4;
    const rows = [right, up, back], view = rows.map(r => [...r, -dot(r, eye)]), a = (far + near) / (near - far), b = 2 * far * near / (near - far);
    const m = new Float32Array(16);
    for (let c = 0; c < 4; c++) { m[c * 4] = f * view[0][c]; m[c * 4 + 1] = f * view[1][c]; m[c * 4 + 2] = a * view[2][c] + (c === 3 ? b : 0); m[c * 4 + 3] = -view[2][c]; }
    gl.uniformMatrix4fv(place("clip"), false, m);
    gl.uniform3fv(place("eye"), eye);
    gl.drawElements(gl.TRIANGLES, accessor(primitive.indices).count, accessor(primitive.indices).componentType, 0);
  };
  requestAnimationFrame(frame);
}
