"""Assembles a small building from a modular set in Blender, looks for gaps from the inside, and draws it.

Run on request only; the module of Blender is large:

    pip install bpy==5.0.1 numpy
    gesamt set "a medieval market in the sun" -o DIR
    python assemble.py DIR

Every piece is imported and placed as `DIR/set.json` says. Rays from inside to the seams of walls, corners and roof must meet
something; the pieces must come in metres with their origin where they snap. `DIR/blender.png` shows the building.
"""

import json
import math
import pathlib
import sys

import bpy
import mathutils

HALF, HEIGHT = 2.25, 3.0


def blender(v):
    """From glTF, where Y is up, to Blender, where Z is."""
    return mathutils.Vector((v[0], -v[2], v[1]))


def placed(folder):
    for piece in json.loads((folder / "set.json").read_text())["building"]:
        before = set(bpy.context.scene.objects)
        bpy.ops.import_scene.gltf(filepath=str(folder / piece["file"]))
        new = [o for o in bpy.context.scene.objects if o not in before and o.parent is None]
        turn = mathutils.Matrix.Rotation(piece["yaw_rad"], 4, "Z")
        for o in new:
            o.matrix_world = mathutils.Matrix.Translation(blender(piece["at"])) @ turn @ o.matrix_world
    bpy.context.view_layer.update()


def seams():
    for i in range(1, 20):
        y = 0.15 * i
        for sx in (-1, 1):
            for sz in (-1, 1):
                for off in (-0.03, -0.01, 0.0, 0.01, 0.03):
                    yield (sx * (2 + off), y, sz * HALF)
                    yield (sx * HALF, y, sz * (2 + off))
    for i in range(-10, 11):
        for y in (HEIGHT + 0.01, HEIGHT + 0.06, HEIGHT + 0.12):
            yield (0.2 * i, y, HALF)
            yield (0.2 * i, y, -HALF)


def open_seams():
    scene, graph = bpy.context.scene, bpy.context.evaluated_depsgraph_get()
    found = total = 0
    for aim in seams():
        start = blender((0.0, min(aim[1], HEIGHT - 0.1), 0.0))
        way = blender(aim) - start
        hit = scene.ray_cast(graph, start, way.normalized(), distance=1.6 * way.length)[0]
        total += 1
        found += not hit
    return found, total


def draw(path):
    scene = bpy.context.scene
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.location = (9.2, -11.8, 4.6)
    camera.rotation_euler = (mathutils.Vector((0, 0, 2.7)) - camera.location).to_track_quat("-Z", "Y").to_euler()
    sun = bpy.data.objects.new("sun", bpy.data.lights.new("sun", "SUN"))
    sun.data.energy = 4.0
    sun.rotation_euler = (math.radians(52), 0, math.radians(64))
    for o in (camera, sun):
        scene.collection.objects.link(o)
    scene.camera = camera
    scene.world = bpy.data.worlds.new("sky")
    scene.world.use_nodes = True
    scene.world.node_tree.nodes["Background"].inputs["Color"].default_value = (0.5, 0.62, 0.8, 1)
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 32
    scene.cycles.use_denoising = True
    scene.render.resolution_x, scene.render.resolution_y = 960, 600
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)


def main():
    folder = pathlib.Path(sys.argv[1])
    bpy.ops.wm.read_factory_settings(use_empty=True)
    placed(folder)
    found, total = open_seams()
    meshes = [o for o in bpy.context.scene.objects if o.type == "MESH" and o.data.polygons]
    corners = [o.matrix_world @ mathutils.Vector(c) for o in meshes for c in o.bound_box]
    size = [max(c[i] for c in corners) - min(c[i] for c in corners) for i in range(3)]
    print(f"{len(meshes)} meshes, {size[0]:.2f} x {size[1]:.2f} x {size[2]:.2f} m; light through {found} of {total} places")
    draw(folder / "blender.png")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
