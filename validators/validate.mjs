// Judges the meshes, the sounds, the clip and the page of a package with tools of other makers.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import validator from "gltf-validator";

const require = createRequire(import.meta.url);
const ffprobe = require("@ffprobe-installer/ffprobe").path;
const ffmpeg = require("@ffmpeg-installer/ffmpeg").path;
const root = resolve(process.argv[2]);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const failures = [];
const check = (condition, message) => condition || failures.push(message);

// Khronos glTF validator: no error and no warning in any file.
const glbs = readdirSync(join(root, "assets")).filter(f => f.endsWith(".glb"));
for (const name of glbs) {
  const report = await validator.validateBytes(new Uint8Array(readFileSync(join(root, "assets", name))), { maxIssues: 0 });
  const { numErrors, numWarnings, messages } = report.issues;
  check(numErrors + numWarnings === 0, `${name}: ${numErrors} errors, ${numWarnings} warnings: ${JSON.stringify(messages.slice(0, 3))}`);
}
const sheets = await validator.validateBytes(new Uint8Array(readFileSync(join(root, "materials/materials.glb"))), { maxIssues: 0 });
check(sheets.issues.messages.length === 0, `materials.glb: ${JSON.stringify(sheets.issues.messages.slice(0, 3))}`);
check(glbs.length === 4 * manifest.recipe.n_assets, `${glbs.length} GLBs for ${manifest.recipe.n_assets} assets`);
const scene = readFileSync(join(process.argv[3], "scene.glb"));
const { issues, info } = await validator.validateBytes(new Uint8Array(scene), { maxIssues: 0 });
check(issues.numErrors + issues.numWarnings === 0, `scene.glb: ${issues.numErrors} errors, ${issues.numWarnings} warnings: ${JSON.stringify(issues.messages.slice(0, 3))}`);
console.log(`gltf-validator: ${glbs.length} GLBs and the scene of ${info.drawCallCount} draw calls`);

// ffprobe and ffmpeg: streams, timing, loudness, and a full decode without a message.
for (const tool of [ffprobe, ffmpeg]) chmodSync(tool, 0o755);
const probe = path => JSON.parse(execFileSync(ffprobe, ["-v", "error", "-show_streams", "-show_format", "-of", "json", join(root, path)]));
const clip = probe("clip.mp4");
const video = clip.streams.find(s => s.codec_type === "video");
const audio = clip.streams.find(s => s.codec_type === "audio");
const facts = manifest.facts.clip;
check(video?.codec_name === "h264" && video.pix_fmt === "yuv420p", `video is ${video?.codec_name} ${video?.pix_fmt}`);
check(video?.r_frame_rate === "24/1" && Number(video.nb_frames) === facts.frames, `${video?.nb_frames} frames at ${video?.r_frame_rate}`);
check(video?.width === facts.size[0] && video.height === facts.size[1], `clip is ${video?.width}x${video?.height}`);
check(audio !== undefined && Math.abs(Number(audio.duration) - Number(video.duration)) < 0.05, `sound of ${audio?.duration} s to ${video?.duration} s of picture`);
// What ffmpeg says while it decodes a whole file; that it names the layout of two plain channels is no finding.
const complaints = path => {
  const { stderr } = spawnSync(ffmpeg, ["-v", "warning", "-i", join(root, path), "-f", "null", "-"], { encoding: "utf8" });
  return stderr.split("\n").filter(line => line.trim() && !line.includes("Guessed Channel Layout")).join("\n");
};
const sounds = ["soundtrack/soundtrack.wav", "soundtrack/soundtrack.flac", "soundtrack/soundtrack.opus"];
for (const path of ["clip.mp4", ...sounds]) check(complaints(path) === "", `${path}: ${complaints(path).slice(0, 300)}`);
const { stderr: loudness } = spawnSync(ffmpeg, ["-nostats", "-i", join(root, sounds[0]), "-af", "ebur128=peak=true", "-f", "null", "-"], { encoding: "utf8" });
const last = (pattern, text) => Number([...text.matchAll(pattern)].at(-1)?.[1]);
const lufs = last(/I:\s+(-?[\d.]+) LUFS/g, loudness), peak = last(/Peak:\s+(-?[\d.]+) dBFS/g, loudness);
check(Math.abs(lufs + 16) <= 1, `loudness ${lufs} LUFS`);
check(peak <= -0.9, `true peak ${peak} dBTP`);
console.log(`ffprobe, ffmpeg: clip ${video?.width}x${video?.height}, ${video?.nb_frames} frames, ${audio?.codec_name}; ${lufs} LUFS, ${peak} dBTP`);

// Chromium: the page from disk, without a network, without an error; the clip plays; every 3D view draws.
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (chromium === undefined) {
  console.log("Chromium is not installed: the page was not opened");
} else {
  const { chromium: driver } = await import("playwright-core");
  const browser = await driver.launch({ executablePath: chromium, args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"] });
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  page.setDefaultTimeout(120_000);
  page.on("pageerror", error => failures.push(`page: ${error}`));
  page.on("console", message => message.type() === "error" && failures.push(`page: ${message.text()}`));
  page.on("request", request => /^https?:/.test(request.url()) && failures.push(`page asks for ${request.url()}`));
  await page.goto(pathToFileURL(join(root, "index.html")).href);
  const duration = await page.evaluate(async () => {
    const video = document.querySelector("video");
    video.muted = true;
    await video.play();
    await new Promise((done, fail) => { video.ontimeupdate = () => video.currentTime > 0.2 && done(); setTimeout(() => fail(new Error("the clip does not advance")), 60_000); });
    video.pause();
    return video.duration;
  });
  check(Math.abs(duration - facts.secs) < 0.1, `Chromium sees ${duration} s of clip`);
  const canvases = page.locator("article.asset canvas");
  for (let i = 0; i < await canvases.count(); i++) {
    await canvases.nth(i).scrollIntoViewIfNeeded();
    await page.waitForFunction(c => c.width === c.height, await canvases.nth(i).elementHandle(), { timeout: 60000 });
    await page.waitForTimeout(1500);
    const bytes = (await canvases.nth(i).screenshot()).length;
    // A flat colour compresses to far less; a thin banner pole makes 5200 bytes.
    check(bytes > 3500, `3D view ${i} looks empty (${bytes} bytes)`);
  }
  check(await canvases.count() === manifest.recipe.n_assets, `${await canvases.count()} 3D views`);
  await page.screenshot({ path: join(root, "..", "page.png"), fullPage: true });
  await browser.close();
  console.log(`Chromium: page opened, clip plays (${duration.toFixed(2)} s), ${manifest.recipe.n_assets} 3D views draw`);
}

if (failures.length) {
  console.error(failures.join("\n"));
  process.exit(1);
}
