"""Follows the same rays through the same triangles with Embree and compares hits and rates.

Run on request only:

    pip install embreex numpy
    cargo run --release -p gesamt-pipeline --example rays -- DIR
    python embree.py DIR

Both run on one thread, on the same machine, one after the other; the shortest of five runs counts. The binding copies each ray
into Embree's structure and its results out again, which is part of what is measured.
"""

import pathlib
import sys
import time

import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh

folder = pathlib.Path(sys.argv[1])
triangles = np.fromfile(folder / "triangles.f32", "<f4").reshape(-1, 3, 3)
rays = np.fromfile(folder / "rays.f32", "<f4").reshape(-1, 6)
ours = np.fromfile(folder / "hits.f32", "<f4")

begun = time.perf_counter()
scene = rtcore_scene.EmbreeScene()
mesh = TriangleMesh(scene, triangles.reshape(-1, 3), np.arange(3 * len(triangles), dtype=np.int32).reshape(-1, 3))
origins, directions = np.ascontiguousarray(rays[:, :3]), np.ascontiguousarray(rays[:, 3:])
scene.run(origins[:1], directions[:1], query="DISTANCE")
print(f"{len(triangles)} triangles, built in {time.perf_counter() - begun:.2f} s")

rates = {}
for query in ("DISTANCE", "OCCLUDED", "INTERSECT"):
    best = np.inf
    for _ in range(5):
        begun = time.perf_counter()
        found = scene.run(origins, directions, query=query)
        best = min(best, time.perf_counter() - begun)
    rates[query] = len(rays) / best / 1e6
    if query == "DISTANCE":
        distances = found
print(", ".join(f"{query.lower()} {rate:.2f} M/s" for query, rate in rates.items()), "on one thread")
theirs = np.where(distances > 1e20, np.inf, distances)
with np.errstate(invalid="ignore"):
    same = (np.isinf(ours) & np.isinf(theirs)) | (np.abs(ours - theirs) <= 1e-3 * np.maximum(1.0, np.abs(ours)))
print(f"{same.mean():.4%} of the rays end in the same place")
