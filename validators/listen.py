"""Judges soundtracks by ear of another maker: librosa estimates tempo and key, a regressor reads the mood back.

Run on request only:

    pip install -r listen-requirements.txt
    cargo run --release -p gesamt-synth --example survey -- 200 --out DIR
    python listen.py DIR

DIR holds WAVs and the `survey.jsonl` that the survey wrote. Prints

* tempo: share within 4 % of the score, exactly and up to a factor of 2 or 3 (the accuracies 1 and 2 of the tempo literature),
  from librosa's onset strength by an autocorrelation over multiples of the beat, and from `librosa.feature.tempo` as it comes;
* key: share of right tonics and of right keys (tonic and third), from librosa's chroma against profiles of eleven scales and
  the bass of the opening, and against Krumhansl's major and minor alone;
* mood: Spearman correlation of valence, arousal and tension, predicted from audio features alone for worlds whose seeds were
  not trained on (five folds).
"""

import json
import pathlib
import sys
from concurrent.futures import ProcessPoolExecutor

import librosa
import numpy as np

PITCHES = ["c", "c_sharp", "d", "d_sharp", "e", "f", "f_sharp", "g", "g_sharp", "a", "a_sharp", "b"]
MAJOR_MODES = {"ionian", "lydian", "mixolydian", "phrygian_dominant", "whole_tone"}
SCALES = {
    "lydian": [0, 2, 4, 6, 7, 9, 11],
    "ionian": [0, 2, 4, 5, 7, 9, 11],
    "mixolydian": [0, 2, 4, 5, 7, 9, 10],
    "dorian": [0, 2, 3, 5, 7, 9, 10],
    "aeolian": [0, 2, 3, 5, 7, 8, 10],
    "phrygian": [0, 1, 3, 5, 7, 8, 10],
    "locrian": [0, 1, 3, 5, 6, 8, 10],
    "harmonic_minor": [0, 2, 3, 5, 7, 8, 11],
    "phrygian_dominant": [0, 1, 4, 5, 7, 8, 10],
    "hirajoshi": [0, 2, 3, 7, 8],
    "whole_tone": [0, 2, 4, 6, 8, 10],
}
# Krumhansl and Kessler, 1982: how well each pitch class fits a major and a minor key.
MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
RATE = 22050
HOP = 512


def fit(profile, chroma):
    return np.corrcoef(profile, chroma)[0, 1]


def key_scores(chroma):
    """The fit of the 24 keys, major first."""
    return np.array([fit(np.roll(p, k), chroma) for p in (MAJOR, MINOR) for k in range(12)])


def modal_profile(scale):
    """Tones of the scale, with weight on tonic, fifth and third."""
    profile = np.zeros(12)
    profile[scale] = 1.0
    fifth = next(f for f in (7, 6, 8) if f in scale)
    profile[[0, fifth, 4 if 4 in scale else 3]] = [2.0, 1.4, 1.2]
    return profile


def estimate_key(y):
    """Tonic and third: the scale that fits the whole and the bass, and the tone in the bass of the opening."""
    harmonic = librosa.effects.harmonic(y, margin=2.0)
    full = librosa.feature.chroma_cqt(y=harmonic, sr=RATE, hop_length=2048).mean(axis=1)
    bass = librosa.feature.chroma_cqt(y=harmonic, sr=RATE, hop_length=2048, fmin=librosa.note_to_hz("C1"), n_octaves=3)
    opening = bass[:, : max(4, int(bass.shape[1] * 0.06))].mean(axis=1)
    low = bass.mean(axis=1)
    best = max(
        (fit(np.roll(modal_profile(scale), k), full) + 0.5 * fit(np.roll(modal_profile(scale), k), low)
         + 0.6 * opening[k] / opening.max(), k, mode in MAJOR_MODES)
        for mode, scale in SCALES.items() for k in range(12)
    )
    scores = key_scores(full)
    plain = int(np.argmax(scores))
    return {"tonic": best[1], "is_major": best[2], "plain": [plain % 12, bool(plain < 12)],
            "majorness": float(scores[:12].max() - scores[12:].max())}, full


def autocorrelation(envelope):
    centred = envelope / (envelope.std() + 1e-9)
    found = librosa.autocorrelate(centred - centred.mean())
    return found / (found[0] + 1e-9)


def estimate_tempo(onset, low):
    """The beat whose multiples the onsets, and those of the low bands, repeat at; wide preference for 100 bpm."""
    n = min(len(onset), len(low))
    repeats = autocorrelation(onset[:n]) + 0.5 * autocorrelation(low[:n])
    best = (-np.inf, 0.0)
    for bpm in np.geomspace(38, 210, 900):
        lag, total, weights = 60 / bpm * RATE / HOP, 0.0, 0.0
        for multiple, weight in ((0.5, 0.3), (1, 1), (2, 0.8), (3, 0.5), (4, 0.8), (8, 0.5)):
            at = lag * multiple
            if at < len(repeats) - 1:
                i = int(at)
                total += weight * (repeats[i] * (1 - at + i) + repeats[i + 1] * (at - i))
                weights += weight
        score = total / weights - 0.03 * (np.log2(bpm / 100) / 0.8) ** 2
        best = max(best, (score, bpm))
    return float(best[1])


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
    """What is heard in a file; kept beside it, so that an interrupted run goes on."""
    kept = path.with_suffix(".heard.json")
    if kept.exists():
        return json.loads(kept.read_text())
    heard = listen(path)
    kept.write_text(json.dumps(heard))
    return heard


def listen(path):
    y, _ = librosa.load(path, sr=RATE, mono=True)
    onset = librosa.onset.onset_strength(y=y, sr=RATE, hop_length=HOP)
    mel = librosa.power_to_db(librosa.feature.melspectrogram(y=y, sr=RATE, hop_length=HOP, n_mels=96))
    low = np.maximum(0.0, np.diff(mel[:12], axis=1)).mean(axis=0)
    tempo = estimate_tempo(onset, low)
    key, chroma = estimate_key(y)
    plain = float(librosa.feature.tempo(onset_envelope=onset, sr=RATE, hop_length=HOP)[0])
    return {"tempo": tempo, "plain_tempo": plain, **key,
            "features": features(y, onset, chroma, key["majorness"], tempo)}


def report_tempo(worlds, heard):
    # In compound meters the felt beat is a group of three eighths.
    felt = [w["tempo_bpm"] * (2.0 / 3.0 if w["meter"] == [6, 8] else 1.0) for w in worlds]

    def share(field, ratios):
        return np.mean([any(abs(h[field] / (f * r) - 1.0) < 0.04 for r in ratios) for h, f in zip(heard, felt)])

    octaves = (1, 2, 3, 0.5, 1 / 3)
    print(f"tempo: {share('tempo', [1]):.1%} exactly, {share('tempo', octaves):.1%} up to a factor of 2 or 3; "
          f"librosa.feature.tempo as it comes: {share('plain_tempo', [1]):.1%} and {share('plain_tempo', octaves):.1%}")


def report_key(worlds, heard):
    truth = [(PITCHES.index(w["key"]), w["mode"] in MAJOR_MODES) for w in worlds]
    found = [(h["tonic"], h["is_major"]) for h in heard]
    plain = [tuple(h["plain"]) for h in heard]
    tonic = np.mean([f[0] == t[0] for f, t in zip(found, truth)])
    key = np.mean([f == t for f, t in zip(found, truth)])
    print(f"key: tonic {tonic:.1%}, tonic and third {key:.1%}; Krumhansl's two profiles alone: "
          f"{np.mean([f[0] == t[0] for f, t in zip(plain, truth)]):.1%} and {np.mean([f == t for f, t in zip(plain, truth)]):.1%}")


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
    worlds = [w for w in worlds if (folder / f"{w['name']}.wav").exists()]
    print(f"{len(worlds)} worlds")
    with ProcessPoolExecutor(2) as pool:
        heard = list(pool.map(hear, [folder / f"{w['name']}.wav" for w in worlds]))
    report_tempo(worlds, heard)
    report_key(worlds, heard)
    if len(worlds) >= 40:
        report_mood(worlds, heard)


if __name__ == "__main__":
    main()
