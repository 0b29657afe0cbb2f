"""Judges the world, the picture, the textures and the MIDI of a package with libraries of other makers."""

import json
import pathlib
import sys

import jsonschema
import mido
from PIL import Image
from pxr import Usd, UsdValidation


def check(condition, message):
    if not condition:
        sys.exit(f"validate.py: {message}")


package, schema = (pathlib.Path(argument) for argument in sys.argv[1:3])
manifest = json.loads((package / "package.json").read_text())
world = json.loads((package / "world.json").read_text())
jsonschema.Draft202012Validator(json.loads(schema.read_text())).validate(world)

pictures = 0
for path in [package / "concept.png", *sorted(package.glob("assets/textures/*.png"))]:
    with Image.open(path) as picture:
        picture.load()
        if path.name == "concept.png":
            check(list(picture.size) == manifest["recipe"]["image_size"], f"{path.name} is {picture.size}")
            levels = picture.convert("L").getextrema()
            check(levels[1] - levels[0] > 60, f"{path.name} spans only the levels {levels}")
        else:
            check(picture.size == (manifest["recipe"]["texture_px"],) * 2, f"{path.name} is {picture.size}")
    pictures += 1

# OpenUSD: no validator finds anything in any layer.
validators = UsdValidation.ValidationRegistry().GetOrLoadAllValidators()
layers = sorted(package.glob("assets/*.usda"))
for path in layers:
    stage = Usd.Stage.Open(str(path))
    found = [error.GetMessage() for error in UsdValidation.ValidationContext(validators).Validate(stage)]
    check(not found, f"{path.name}: {found[:3]}")
    check(stage.GetDefaultPrim().GetVariantSets().GetVariantSet("lod").GetVariantNames() == ["LOD0", "LOD1", "LOD2"], f"{path.name}: LODs")
check(len(layers) == manifest["recipe"]["n_assets"], f"{len(layers)} USD layers for {manifest['recipe']['n_assets']} assets")

midi = mido.MidiFile(package / "soundtrack/score.mid")
notes = sum(1 for track in midi.tracks for message in track if message.type == "note_on" and message.velocity > 0)
tempo = next(message.tempo for message in midi.tracks[0] if message.type == "set_tempo")
check(midi.type == 1 and notes > 50, f"MIDI type {midi.type} with {notes} notes")
check(abs(mido.tempo2bpm(tempo) - world["rhythm"]["tempo_bpm"]) < 0.1, f"MIDI tempo {mido.tempo2bpm(tempo)}")
print(f"usd-core: {len(validators)} validators on {len(layers)} layers")
print(f"jsonschema: world.json valid · Pillow: {pictures} pictures · mido: {notes} notes in {len(midi.tracks)} tracks")
