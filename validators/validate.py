"""Judges the world, the picture, the textures and the MIDI of a package with libraries of other makers."""

import json
import pathlib
import sys

import jsonschema
import mido
import numpy
import OpenEXR
from PIL import Image
from pxr import Usd, UsdValidation


def check(condition, message):
    if not condition:
        sys.exit(f"validate.py: {message}")


package, schema, scene = (pathlib.Path(argument) for argument in sys.argv[1:4])
manifest = json.loads((package / "package.json").read_text())
world = json.loads((package / "world.json").read_text())
jsonschema.Draft202012Validator(json.loads(schema.read_text())).validate(world)

pictures = 0
for path in [package / "concept.png", *sorted(package.glob("*/textures/*.png"))]:
    with Image.open(path) as picture:
        picture.load()
        if path.name == "concept.png":
            check(list(picture.size) == manifest["recipe"]["image_size"], f"{path.name} is {picture.size}")
            levels = picture.convert("L").getextrema()
            check(levels[1] - levels[0] > 60, f"{path.name} spans only the levels {levels}")
        else:
            check(picture.size == (manifest["recipe"]["texture_px"],) * 2, f"{path.name} is {picture.size}")
    pictures += 1



def judge_passes(path, size):
    """Layers, sizes and ranges of an OpenEXR file; returns the number of its channels."""
    with OpenEXR.File(str(path), separate_channels=True) as file:
        channels = {name: channel.pixels.astype("float64") for name, channel in file.channels().items()}
    for name, pixels in channels.items():
        check(list(pixels.shape) == [size[1], size[0]], f"{path.name}: {name} is {pixels.shape}")
        check(numpy.isfinite(pixels).all(), f"{path.name}: {name} is not finite")
    check({"R", "G", "B"} <= set(channels), f"{path.name} holds {sorted(channels)}")
    check(channels["G"].min() >= 0 and channels["G"].max() > 0, f"{path.name} holds no light")
    for name, needed in PASSES.items():
        check((needed <= set(channels)) == (name in manifest["recipe"]["passes"]), f"{path.name}: {name} in {sorted(channels)}")
    if "Z" in channels:
        check(channels["Z"].min() > 0, f"{path.name}: depth from {channels['Z'].min()}")
    if "normal.X" in channels:
        length = sum(channels[f"normal.{axis}"] ** 2 for axis in "XYZ") ** 0.5
        check((abs(length - 1) < 0.01)[length > 0].all(), f"{path.name}: normals are not of unit length")
    if "albedo.R" in channels:
        check(max(channels[f"albedo.{c}"].max() for c in "RGB") <= 1.0, f"{path.name}: albedo above 1")
    return len(channels)


PASSES = {"depth": {"Z"}, "normal": {"normal.X", "normal.Y", "normal.Z"}, "albedo": {"albedo.R", "albedo.G", "albedo.B"}}
table = [line for line in (package / "grade/look.cube").read_text().splitlines() if line and line[0].isdigit()]
check(len(table) == 33**3, f"look.cube has {len(table)} entries")
check(all(0 <= float(v) <= 1 for line in table for v in line.split()), "look.cube leaves 0 to 1")
exrs = 0
if manifest["recipe"].get("passes"):
    judge_passes(package / "passes/concept.exr", manifest["recipe"]["image_size"])
    frames = sorted(package.glob("passes/clip/*.exr"))
    check(len(frames) == manifest["facts"]["clip"]["frames"], f"{len(frames)} frames with passes")
    for frame in frames:
        judge_passes(frame, manifest["recipe"]["clip_size"])
    exrs = 1 + len(frames)
# OpenUSD: no validator finds anything in any layer.
validators = UsdValidation.ValidationRegistry().GetOrLoadAllValidators()
layers = sorted(package.glob("assets/*.usda"))
for path in layers:
    stage = Usd.Stage.Open(str(path))
    found = [error.GetMessage() for error in UsdValidation.ValidationContext(validators).Validate(stage)]
    check(not found, f"{path.name}: {found[:3]}")
    check(stage.GetDefaultPrim().GetVariantSets().GetVariantSet("lod").GetVariantNames() == ["LOD0", "LOD1", "LOD2"], f"{path.name}: LODs")
stage = Usd.Stage.Open(str(scene / "scene.usda"))
found = [error.GetMessage() for error in UsdValidation.ValidationContext(validators).Validate(stage)]
check(not found, f"scene.usda: {found[:3]}")
instances = [prim for prim in stage.Traverse() if prim.IsInstance()]
check(len(instances) > len(stage.GetPrototypes()) > 5, f"scene.usda: {len(instances)} instances of {len(stage.GetPrototypes())} prototypes")
check(stage.GetPrimAtPath("/Scene/Still").IsValid(), "scene.usda has no camera")
check(len(layers) == manifest["recipe"]["n_assets"], f"{len(layers)} USD layers for {manifest['recipe']['n_assets']} assets")

midi = mido.MidiFile(package / "soundtrack/score.mid")
notes = sum(1 for track in midi.tracks for message in track if message.type == "note_on" and message.velocity > 0)
tempo = next(message.tempo for message in midi.tracks[0] if message.type == "set_tempo")
check(midi.type == 1 and notes > 50, f"MIDI type {midi.type} with {notes} notes")
check(abs(mido.tempo2bpm(tempo) - world["rhythm"]["tempo_bpm"]) < 0.1, f"MIDI tempo {mido.tempo2bpm(tempo)}")
print(f"usd-core: {len(validators)} validators on {len(layers)} layers and a scene of {len(instances)} instances")
print(f"jsonschema: world.json valid · Pillow: {pictures} pictures · mido: {notes} notes in {len(midi.tracks)} tracks · OpenEXR: {exrs} files")
