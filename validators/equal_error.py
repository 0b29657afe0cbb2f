"""How long Blender's path tracer takes to come as near to its own reference as ours comes to ours, in the same scene.

Run on request only; the module of Blender is large:

    pip install bpy==5.0.1 numpy
    cargo run --release -p gesamt-pipeline --example noise -- DIR --clear "PROMPT" …
    python equal_error.py DIR [THREADS [REFERENCE_SAMPLES]]

For every `DIR/K/scene.usda` the scene is imported and drawn at 480 × 270 with 4096 samples (kept as `K/reference.npy`), then
with few, as they are and denoised (OpenImageDenoise, with albedo and normals). Printed are the seconds of each render without
the building of the scene, and the mean squared relative error of the linear light (pixels of the worst 0.1 % left out), as
the example measures ours.
"""

import math
import pathlib
import sys
import time

import bpy
import numpy as np

WIDTH, HEIGHT = 480, 270
COUNTS = (4, 8, 16, 32, 64, 128)


def load(path):
    image = bpy.data.images.load(str(path))
    pixels = np.empty(WIDTH * HEIGHT * 4, np.float32)
    image.pixels.foreach_get(pixels)
    bpy.data.images.remove(image)
    return pixels.reshape(HEIGHT, WIDTH, 4)[::-1, :, :3]


def dome(path):
    """The sky as a world: the importer leaves the dome light of a layer with its Y axis up out."""
    world = bpy.data.worlds.new("sky")
    world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    image = nodes.new("ShaderNodeTexEnvironment")
    image.image = bpy.data.images.load(str(path))
    # The middle of the picture faces our +Z, which is Blender's -Y, and not its -X.
    mapping, place = nodes.new("ShaderNodeMapping"), nodes.new("ShaderNodeTexCoord")
    mapping.inputs["Rotation"].default_value[2] = -math.pi / 2
    links.new(place.outputs["Generated"], mapping.inputs["Vector"])
    links.new(mapping.outputs["Vector"], image.inputs["Vector"])
    links.new(image.outputs["Color"], nodes["Background"].inputs["Color"])
    return world


def opened(path, threads):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.wm.usd_import(filepath=str(path), import_lights=True, import_cameras=True)
    scene = bpy.context.scene
    scene.camera = next(o for o in scene.objects if o.type == "CAMERA")
    scene.world = dome(path.with_name("sky.exr"))
    # The importer counts the normalised irradiance of a distant light four times.
    for sun in (o.data for o in scene.objects if o.type == "LIGHT" and o.data.type == "SUN"):
        sun.energy /= 4
    render = scene.render
    render.engine = "CYCLES"
    render.resolution_x, render.resolution_y = WIDTH, HEIGHT
    render.resolution_percentage = 100
    render.use_persistent_data = True
    render.threads_mode, render.threads = "FIXED", threads
    render.image_settings.file_format = "OPEN_EXR"
    render.image_settings.color_depth = "32"
    scene.cycles.device = "CPU"
    scene.cycles.use_adaptive_sampling = False
    scene.cycles.use_light_tree = True
    scene.cycles.denoiser = "OPENIMAGEDENOISE"
    return scene


def drawn(scene, path, samples, denoises, seed):
    scene.cycles.samples = samples
    scene.cycles.seed = seed
    scene.cycles.use_denoising = denoises
    scene.render.filepath = str(path)
    started = time.perf_counter()
    bpy.ops.render.render(write_still=True)
    secs = time.perf_counter() - started
    return load(path), secs


def rel_mse(color, truth):
    errors = np.sort((((color - truth) ** 2) / (truth**2 + 1e-3)).mean(axis=-1).ravel())
    return errors[: len(errors) * 999 // 1000].mean()


def main():
    folder = pathlib.Path(sys.argv[1])
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    reference = int(sys.argv[3]) if len(sys.argv) > 3 else 4096
    for path in sorted(folder.glob("*/scene.usda")):
        scene = opened(path, threads)
        kept = path.with_name("reference.npy")
        if kept.exists():
            truth = np.load(kept)
        else:
            truth, secs = drawn(scene, path.with_name("reference.exr"), reference, False, 99)
            np.save(kept, truth)
            print(f"{path.parent.name}: {reference} samples {secs:.1f} s, the reference", flush=True)
        # What is built once stays: the first render pays for it.
        drawn(scene, path.with_name("first.exr"), 1, False, 1)
        _, bare = drawn(scene, path.with_name("first.exr"), 1, False, 1)
        for denoises in (False, True):
            for samples in COUNTS:
                color, secs = drawn(scene, path.with_name(f"{samples}-{int(denoises)}.exr"), samples, denoises, 1)
                name = "denoised" if denoises else "as it is"
                print(f"{path.parent.name}: {samples:4d} samples {name} {secs:6.2f} s, "
                      f"relMSE {rel_mse(color, truth):.5f}", flush=True)
        print(f"{path.parent.name}: one sample takes {bare:.2f} s", flush=True)


if __name__ == "__main__":
    main()
