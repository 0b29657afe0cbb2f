"""Imports assets in Blender and compares what it shows with our own picture of them.

Run on request only; the module of Blender is large:

    pip install bpy==5.0.1 numpy
    cargo run --release -p gesamt-kit --example flats -- DIR
    python blender.py DIR

For every `FAMILY.glb` in DIR, the importer must make one mesh object of it with a Principled shader whose base colour, roughness,
metallic and normal are fed by images. It is then drawn by Cycles without light, from the view of `FAMILY.json`, and compared
with `FAMILY.png`, which our rasteriser drew of the procedural materials before they were baked: intersection over union of the
silhouettes by the coverage of each pixel, and the mean difference of the colours (CIE 1976) where both are covered.

Leaves that share texels (files with a second set of texture coordinates) carry the pattern of another leaf, as they should: pixel
by pixel they differ from their own by more than a blurred one would. The bar is therefore on the means of squares of 8 pixels
there; both figures are printed.
"""

import json
import pathlib
import sys

import bpy
import mathutils
import numpy as np

IOU, DELTA_E = 0.98, 5.0
SQUARE_PX = 8


def blender(v):
    """From glTF, where Y is up, to Blender, where Z is."""
    return mathutils.Vector((v[0], -v[2], v[1]))


def load(path):
    image = bpy.data.images.load(str(path))
    width, height = image.size
    image.colorspace_settings.name = "Non-Color"
    pixels = np.array(image.pixels[:]).reshape(height, width, -1)
    bpy.data.images.remove(image)
    return pixels


def materials(meshes):
    return {slot.material for o in meshes for slot in o.material_slots if slot.material}


def imported(path):
    """The mesh objects of a file in an empty scene, and what is missing of their materials."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.import_scene.gltf(filepath=str(path))
    meshes = [o for o in bpy.context.scene.objects if o.type == "MESH" and o.data.polygons]
    findings = [] if len(meshes) == 1 else [f"{len(meshes)} meshes"]
    for material in materials(meshes):
        shader = next((n for n in material.node_tree.nodes if n.type == "BSDF_PRINCIPLED"), None)
        if shader is None:
            findings.append(f"{material.name} has no Principled shader")
            continue
        findings += [f"{material.name}: no image feeds {name}" for name in ("Base Color", "Roughness", "Metallic", "Normal")
                     if not shader.inputs[name].is_linked]
    return meshes, findings


def bare(material):
    """Shows the image of the base colour as it is."""
    nodes, links = material.node_tree.nodes, material.node_tree.links
    shader = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    output = next(n for n in nodes if n.type == "OUTPUT_MATERIAL")
    emission = nodes.new("ShaderNodeEmission")
    links.new(shader.inputs["Base Color"].links[0].from_socket, emission.inputs["Color"])
    links.new(emission.outputs[0], output.inputs["Surface"])


def drawn(meshes, view, path):
    scene = bpy.context.scene
    for material in materials(meshes):
        bare(material)
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    scene.collection.objects.link(camera)
    scene.camera = camera
    camera.data.type = "ORTHO"
    camera.data.ortho_scale = view["width_m"]
    camera.data.clip_end = 1000
    right, up, back = (blender(view[k]) for k in ("right", "up", "back"))
    place = blender(view["center"]) + 100 * back
    camera.matrix_world = mathutils.Matrix(
        [[right[i], up[i], back[i], place[i]] for i in range(3)] + [[0, 0, 0, 1]])
    render = scene.render
    render.engine = "CYCLES"
    render.resolution_x = render.resolution_y = view["size_px"]
    render.film_transparent = True
    render.filepath = str(path)
    render.image_settings.file_format = "PNG"
    render.image_settings.color_mode = "RGBA"
    scene.view_settings.view_transform = "Standard"
    # Fewer make silhouettes of thin leaves differ by noise alone.
    scene.cycles.samples = 144
    # As ours: the mean over each pixel.
    scene.cycles.pixel_filter_type = "BOX"
    scene.cycles.use_denoising = False
    bpy.ops.render.render(write_still=True)
    return load(path)


def linear(srgb):
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    xyz = rgb @ np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]])
    xyz = xyz / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def square_means(image, weight):
    """The weighted means of squares, and how much of each is covered."""
    n = image.shape[0] // SQUARE_PX
    fold = lambda a: a[: n * SQUARE_PX, : n * SQUARE_PX].reshape(n, SQUARE_PX, n, SQUARE_PX, -1).sum(axis=(1, 3))
    total = fold(weight[..., None])
    return fold(image * weight[..., None]) / np.maximum(total, 1e-6), total[..., 0] / SQUARE_PX**2


def main():
    folder = pathlib.Path(sys.argv[1])
    rows, failures = [], 0
    for path in sorted(folder.glob("*.glb")):
        meshes, findings = imported(path)
        if findings:
            failures += 1
            print(f"{path.stem:<16} {'; '.join(findings)}  <-- MISSED", flush=True)
            continue
        view = json.loads(path.with_suffix(".json").read_text())
        theirs = drawn(meshes, view, path.with_name(path.stem + "_blender.png"))
        ours = load(path.with_suffix(".png"))
        a, b = ours[..., 3], theirs[..., 3]
        iou = np.minimum(a, b).sum() / max(np.maximum(a, b).sum(), 1.0)
        both = (ours[..., 3] > 0.99) & (theirs[..., 3] > 0.99)
        delta = float(np.linalg.norm(lab(linear(ours[both][:, :3])) - lab(linear(theirs[both][:, :3])), axis=-1).mean())
        # Light is averaged, not its code.
        (mine, covered), (other, _) = (square_means(linear(image[..., :3]), both) for image in (ours, theirs))
        squares = float(np.linalg.norm(lab(mine) - lab(other), axis=-1)[covered > 0.5].mean()) if (covered > 0.5).any() else 0.0
        rows.append((iou, delta, squares))
        is_shared = any(len(o.data.uv_layers) > 1 for o in meshes)
        is_good = iou >= IOU and (squares if is_shared else delta) <= DELTA_E
        failures += not is_good
        print(f"{path.stem:<16} {view['genre']:<18} IoU {iou:.4f}  colour difference {delta:5.2f}, of squares {squares:5.2f}"
              f"{', texels shared' if is_shared else ''}{'' if is_good else '  <-- MISSED'}", flush=True)
    if not rows:
        sys.exit(f"nothing to compare in {folder}")
    iou, delta, squares = np.array(rows).T
    print(f"{len(rows)} assets: IoU median {np.median(iou):.4f}, least {iou.min():.4f}; "
          f"colour difference median {np.median(delta):.2f}, most {delta.max():.2f}; of squares median "
          f"{np.median(squares):.2f}, most {squares.max():.2f}; {failures} missed a bar")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
