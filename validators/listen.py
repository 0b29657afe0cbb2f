"""Judges soundtracks by ear of another maker: librosa estimates tempo and key, a regressor reads the mood back.

Run on request only:

    pip install -r listen-requirements.txt
    cargo run --release -p gesamt-synth --example survey -- 200 --out DIR
    python listen.py DIR

DIR holds WAVs and the `survey.jsonl` that the survey wrote. Prints

* tempo: share within 4 % of the score, exactly and up to a factor of 2 or 3 (the accuracies 1 and 2 of the tempo literature);
* key: share of right tonics, of right keys (tonic and third), and of right or neighbouring ones (relative, parallel, fifth);
* mood: Spearman correlation of valence and arousal, predicted from audio features alone for worlds whose seeds were not
  trained on (five folds), with its number of worlds.
"""

import json
import pathlib
import sys
from concurrent.futures import ProcessPoolExecutor

import librosa
import numpy as np

PITCHES = ["c", "c_sharp", "d", "d_sharp", "e", "f", "f_sharp", "g", "g_sharp", "a", "a_sharp", "b"]
MAJOR_MODES = {"ionian", "lydian", "mixolydian", "phrygian_dominant", "whole_tone"}
# Krumhansl and Kessler, 1982: how well each pitch class fits a major and a minor key.
MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
RATE = 22050


def key_scores(chroma):
    """The fit of the 24 keys, major first."""
    return np.array([np.corrcoef(np.roll(p, k), chroma)[0, 1] for p in (MAJOR, MINOR) for k in range(12)])


def estimate_key(y):
    """Tonic and third from the fit of the whole and, at half weight, of the bass."""
    harmonic = librosa.effects.harmonic(y, margin=2.0)
    full = librosa.feature.chroma_cqt(y=harmonic, sr=RATE, hop_length=2048).mean(axis=1)
    bass = librosa.feature.chroma_cqt(
        y=harmonic, sr=RATE, hop_length=2048, fmin=librosa.note_to_hz("C1"), n_octaves=3
    ).mean(axis=1)
    scores = key_scores(full) + 0.5 * key_scores(bass)
    best = int(np.argmax(scores))
    return best % 12, best < 12, full, float(scores[:12].max() - scores[12:].max())


def features(y, onset, chroma, majorness, tempo):
    """What the mood is read from: timbre, dynamics, movement, and how major the harmony is. No metadata."""
    stft = np.abs(librosa.stft(y, n_fft=2048, hop_length=1024))
    mfcc = librosa.feature.mfcc(S=librosa.power_to_db(librosa.feature.melspectrogram(S=stft**2, sr=RATE)), n_mfcc=16)
    rms = librosa.feature.rms(S=stft)[0]
    shapes = [
        librosa.feature.spectral_centroid(S=stft, sr=RATE)[0],
        librosa.feature.spectral_flatness(S=stft)[0] * 1e3,
        librosa.feature.spectral_rolloff(S=stft, sr=RATE)[0],
    ]
    values = [*mfcc.mean(axis=1), *mfcc.std(axis=1), rms.std() / (rms.mean() + 1e-9), majorness, tempo]
    values += [statistic for shape in shapes for statistic in (shape.mean(), shape.std())]
    values += [onset.mean(), onset.std(), np.percentile(onset, 95), len(librosa.util.peak_pick(
        onset / (onset.max() + 1e-9), pre_max=3, post_max=3, pre_avg=5, post_avg=5, delta=0.07, wait=3)) / (len(y) / RATE)]
    tonic = int(np.argmax(key_scores(chroma))) % 12
    values += list(np.roll(chroma, -tonic) / chroma.sum())
    return [float(v) for v in values]


def hear(path):
    y, _ = librosa.load(path, sr=RATE, mono=True)
    onset = librosa.onset.onset_strength(y=y, sr=RATE, hop_length=512)
    tempo = float(librosa.feature.tempo(onset_envelope=onset, sr=RATE, hop_length=512)[0])
    tonic, is_major, chroma, majorness = estimate_key(y)
    return {"tempo": tempo, "tonic": tonic, "is_major": is_major, "features": features(y, onset, chroma, majorness, tempo)}


def report_tempo(worlds, heard):
    close = lambda found, wanted: abs(found / wanted - 1.0) < 0.04
    # In compound meters the felt beat is a group of three eighths.
    felt = [w["tempo_bpm"] * (2.0 / 3.0 if w["meter"] == [6, 8] else 1.0) for w in worlds]
    one = [close(h["tempo"], f) for h, f in zip(heard, felt)]
    two = [any(close(h["tempo"], f * r) for r in (1, 2, 3, 0.5, 1 / 3)) for h, f in zip(heard, felt)]
    print(f"tempo: {np.mean(one):.1%} exactly, {np.mean(two):.1%} up to a factor of 2 or 3")
    for w, h, f, good in zip(worlds, heard, felt, two):
        if not good:
            print(f"    {w['name']}: {f:.1f} bpm, heard {h['tempo']:.1f}")


def report_key(worlds, heard):
    tonics, keys, near = [], [], []
    for w, h in zip(worlds, heard):
        tonic, is_major = PITCHES.index(w["key"]), w["mode"] in MAJOR_MODES
        step = (h["tonic"] - tonic) % 12
        right = step == 0 and h["is_major"] == is_major
        relative = h["is_major"] != is_major and step == (9 if is_major else 3)
        tonics.append(step == 0)
        keys.append(right)
        near.append(right or step == 0 or relative or (h["is_major"] == is_major and step in (5, 7)))
        if not right:
            print(f"    {w['name']}: {w['key']} {w['mode']}, heard {PITCHES[h['tonic']]} {'major' if h['is_major'] else 'minor'}")
    print(f"key: tonic {np.mean(tonics):.1%}, tonic and third {np.mean(keys):.1%}, right or neighbouring {np.mean(near):.1%}")


def report_mood(worlds, heard):
    from scipy.stats import spearmanr
    from sklearn.ensemble import ExtraTreesRegressor
    from sklearn.linear_model import RidgeCV
    from sklearn.model_selection import KFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x = np.array([h["features"] for h in heard])
    for facet in ("valence", "arousal", "tension"):
        y = np.array([w[facet] for w in worlds])
        predicted = np.zeros_like(y)
        for train, test in KFold(5, shuffle=True, random_state=1).split(x):
            linear = make_pipeline(StandardScaler(), RidgeCV(np.logspace(0, 4, 17))).fit(x[train], y[train])
            trees = ExtraTreesRegressor(400, min_samples_leaf=2, random_state=1).fit(x[train], y[train])
            predicted[test] = 0.5 * (linear.predict(x[test]) + trees.predict(x[test]))
        print(f"mood: {facet} Spearman {spearmanr(y, predicted)[0]:.2f} over {len(y)} worlds, five folds")


def main():
    folder = pathlib.Path(sys.argv[1])
    worlds = [json.loads(line) for line in (folder / "survey.jsonl").read_text().splitlines()]
    with ProcessPoolExecutor(2) as pool:
        heard = list(pool.map(hear, [folder / f"{w['name']}.wav" for w in worlds]))
    report_tempo(worlds, heard)
    report_key(worlds, heard)
    if len(worlds) >= 40:
        report_mood(worlds, heard)


if __name__ == "__main__":
    main()
