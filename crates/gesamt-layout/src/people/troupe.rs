//! Who does what: people come in small groups that have a reason to be where they are.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use gesamt_world::{Place, Rng, Seed, WeatherKind};
use glam::Vec2;

use super::Stance;
use super::survey::{Berth, Survey, Way, heading};
use crate::stage::facing;

const N_CANDIDATES: usize = 900;
/// So many of the best places are looked at for each reason.
const LOOKED_AT: usize = 36;
/// The way between two who talk, and between a child and who leads it, in metres.
const TALKING: f32 = 0.98;
const HAND_IN_HAND: f32 = 0.58;
/// Nobody comes nearer to somebody else than this, but those who are together, in metres.
const ELBOW_ROOM: f32 = 0.72;
/// Ways are shortened by so much at a time, in metres.
const PACE: f32 = 0.2;
/// The subject is looked up at from so near, when it is so high, in metres.
const MARVEL_FROM: f32 = 10.0;
const MARVEL_HEIGHT: f32 = 2.4;
/// What is wet or cold is not sat on.
const WET: f32 = 0.4;

/// Someone in the scene.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub berth: Berth,
    pub stance: Stance,
    pub yaw: f32,
    pub is_child: bool,
    /// Whether nobody is so near that an umbrella would meet theirs.
    pub has_room: bool,
    /// The way of someone who walks.
    pub way: Option<Way>,
}

impl Part {
    fn new(berth: Berth, stance: Stance, yaw: f32) -> Self {
        Self { berth, stance, yaw, is_child: false, has_room: true, way: None }
    }

    /// The distance of a point of the plan from where they are, or ever come, in metres.
    fn distance(&self, p: Vec2) -> f32 {
        let Some(way) = self.way else { return self.berth.plan().distance(p) };
        let along = (p - self.berth.plan()).dot(heading(way.yaw)).clamp(-way.behind, way.ahead);
        (self.berth.plan() + heading(way.yaw) * along).distance(p)
    }
}

/// What brings people here.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reason {
    Walk,
    Lead,
    Talk,
    Rest,
    Lean,
    Marvel,
    Browse,
}

/// The people of a scene as they are gathered.
pub(super) struct Troupe<'a> {
    survey: &'a Survey<'a>,
    free: Vec<Berth>,
    parts: Vec<Part>,
    count: usize,
    rng: Rng,
}

impl<'a> Troupe<'a> {
    /// Gathers so many people, or as many as there is room for.
    pub fn gather(survey: &'a Survey<'a>, count: usize, seed: Seed) -> Vec<Part> {
        let mut rng = seed.child("places").rng();
        let mut free: Vec<Berth> = (0..N_CANDIDATES).filter_map(|_| survey.candidate(&mut rng)).collect();
        free.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut troupe = Self { survey, free, parts: Vec::new(), count, rng };
        troupe.trade();
        let reasons = troupe.reasons();
        // Each reason in turn; when none finds a place any more, people just stand.
        let mut misses = 0;
        for k in 0.. {
            if troupe.parts.len() >= count || misses > reasons.len() {
                break;
            }
            let found = troupe.add(reasons[k % reasons.len()]);
            misses = if found { 0 } else { misses + 1 };
        }
        while troupe.parts.len() < count && troupe.stand() {}
        troupe.parts
    }

    fn room(&self) -> usize {
        self.count.saturating_sub(self.parts.len())
    }

    /// Reasons in the order in which they are tried.
    fn reasons(&mut self) -> Vec<Reason> {
        use Reason::*;
        let world = self.survey.crowd.world;
        let is_wet = !world.is_sheltered()
            && (world.weather.wetness > WET || matches!(world.weather.kind, WeatherKind::Snow | WeatherKind::Dust));
        let busy = matches!(
            world.setting.place,
            Place::Marketplace | Place::Street | Place::Plaza | Place::Village | Place::Harbor | Place::Alley
        );
        let mut all = vec![Walk, Talk, Rest, Walk, Marvel, Lean, Walk, Talk, Lead, Browse];
        if world.setting.place == Place::Underwater {
            all = vec![Browse, Marvel, Walk];
        }
        all.retain(|r| match r {
            Rest => !is_wet,
            Lead => busy && self.count > 4,
            _ => true,
        });
        let n = if self.count < 4 { self.rng.below(3) } else { 0 };
        all.rotate_left(n);
        all
    }

    fn add(&mut self, reason: Reason) -> bool {
        match reason {
            Reason::Walk => self.walk(),
            Reason::Lead => self.room() >= 2 && self.lead(),
            Reason::Talk => self.room() >= 2 && self.talk(),
            Reason::Rest => self.rest(),
            Reason::Lean => self.lean(),
            Reason::Marvel => self.marvel(),
            Reason::Browse => self.browse(),
        }
    }

    /// True when someone there would neither touch nor hide anybody, nor be walked into.
    fn is_apart(&self, berth: &Berth, room: f32) -> bool {
        self.parts.iter().all(|p| apart(&p.berth, berth, room) && p.distance(berth.plan()) > ELBOW_ROOM)
    }

    /// A way as far as it leads past nobody too near.
    fn undisturbed(&self, berth: &Berth, way: Way) -> Option<Way> {
        let free = |far: f32| {
            let p = berth.plan() + heading(way.yaw) * far;
            self.parts.iter().all(|part| part.distance(p) > ELBOW_ROOM)
        };
        let clear = |most: f32, sign: f32| {
            let n = (most / PACE) as usize;
            (0..=n).take_while(|k| free(sign * PACE * *k as f32)).count().saturating_sub(1) as f32 * PACE
        };
        let way = Way { ahead: clear(way.ahead, 1.0), behind: clear(way.behind, -1.0), ..way };
        way.is_long().then_some(way)
    }

    /// The best places that are still free, with their index.
    fn best(&self) -> Vec<(usize, Berth)> {
        let free = self.free.iter().enumerate().filter(|(_, b)| self.is_apart(b, 1.0));
        free.take(LOOKED_AT).map(|(i, b)| (i, *b)).collect()
    }

    fn put(&mut self, part: Part) {
        self.free.retain(|b| b.plan().distance(part.berth.plan()) > 0.5);
        self.parts.push(part);
    }

    /// Sellers behind their counters with a buyer or two before each.
    fn trade(&mut self) {
        let most = self.count.div_ceil(2);
        for stall in self.survey.stalls.clone() {
            if self.parts.len() + 2 > most {
                return;
            }
            let Some(seller) = self.survey.behind(&stall).filter(|b| self.is_apart(b, 0.4)) else { continue };
            self.put(Part { has_room: false, ..Part::new(seller, Stance::Trade, stall.yaw) });
            let along = heading(stall.yaw + FRAC_PI_2);
            for k in 0..if self.rng.chance(0.4) { 2 } else { 1 } {
                let first = if self.rng.chance(0.5) { 1.0 } else { -1.0 };
                let spot = (0..8).find_map(|step| {
                    let aside = stall.half * first * if (step + k) % 2 == 0 { 0.75 } else { -0.75 };
                    let at = stall.front + heading(stall.yaw) * (0.4 + 0.1 * step as f32) + along * aside;
                    self.survey.berth(at).filter(|b| self.is_apart(b, 0.3))
                });
                let Some(buyer) = spot else { continue };
                let yaw = facing(buyer.plan(), stall.seller);
                let stance = if self.rng.chance(0.5) { Stance::Talk } else { Stance::Listen };
                self.put(Part { has_room: false, ..Part::new(buyer, stance, yaw) });
            }
        }
    }

    fn walk(&mut self) -> bool {
        let turn = self.rng.unit();
        let ways = self.best().into_iter().filter_map(|(_, b)| {
            let (way, score) = self.survey.way(&b, turn)?;
            let way = self.undisturbed(&b, way)?;
            Some((b, way, score + 0.6 * b.score))
        });
        let Some((berth, way, _)) = ways.max_by(|a, b| a.2.total_cmp(&b.2)) else { return false };
        self.put(Part { way: Some(way), ..Part::new(berth, Stance::Walk, way.yaw) });
        true
    }

    /// A child by the hand, at the left of who leads it.
    fn lead(&mut self) -> bool {
        let turn = self.rng.unit();
        let pairs = self.best().into_iter().filter_map(|(_, b)| {
            let (way, score) = self.survey.way(&b, turn)?;
            let left = b.plan() + heading(way.yaw + FRAC_PI_2) * HAND_IN_HAND;
            let child = self.survey.berth(left).filter(|c| self.is_apart(c, 0.3))?;
            let (beside, _) = self.survey.way(&child, turn).filter(|(w, _)| w.yaw == way.yaw)?;
            let both = Way { yaw: way.yaw, ahead: way.ahead.min(beside.ahead), behind: way.behind.min(beside.behind) };
            let way = self.undisturbed(&child, self.undisturbed(&b, both)?)?;
            Some((b, child, way, score + 0.6 * b.score))
        });
        let Some((berth, child, way, _)) = pairs.max_by(|a, b| a.3.total_cmp(&b.3)) else { return false };
        let part = |berth, stance| Part { way: Some(way), ..Part::new(berth, stance, way.yaw) };
        self.put(part(berth, Stance::Lead(1.0, true)));
        self.put(Part { is_child: true, has_room: false, ..part(child, Stance::Led(-1.0, true)) });
        true
    }

    /// Two who talk across our view, or three of whom one faces us.
    fn talk(&mut self) -> bool {
        for (_, first) in self.best() {
            let Some(second) = self.companion(&first) else { continue };
            let third = (self.room() >= 3 && self.rng.chance(0.4)).then(|| self.third(&first, &second)).flatten();
            let middle =
                third.map_or(0.5 * (first.plan() + second.plan()), |t| (first.plan() + second.plan() + t.plan()) / 3.0);
            // They open up toward whoever comes, which is us.
            let yaw = |b: &Berth, open: f32| {
                let (to, us) = (facing(b.plan(), middle), self.survey.yaw_to_us(b.plan()));
                to + (wrapped(us - to)).clamp(-open, open)
            };
            let mut cast = vec![
                Part::new(first, Stance::Talk, yaw(&first, 0.35)),
                Part { has_room: false, ..Part::new(second, Stance::Listen, yaw(&second, 0.35)) },
            ];
            if let Some(third) = third {
                cast.push(Part { has_room: false, ..Part::new(third, Stance::Listen, yaw(&third, 0.1)) });
            }
            cast.into_iter().for_each(|part| self.put(part));
            return true;
        }
        false
    }

    /// A place for the other one of a talk, across our view.
    fn companion(&mut self, first: &Berth) -> Option<Berth> {
        let across = self.survey.yaw_to_us(first.plan()) + FRAC_PI_2;
        (0..12).find_map(|k| {
            let side = if k % 2 == 0 { 0.0 } else { PI };
            let at =
                first.plan() + heading(across + side + 0.6 * self.rng.signed()) * (TALKING + 0.1 * self.rng.signed());
            let other = self.survey.berth(at)?;
            let overlap = first.frame[1].min(other.frame[1]) - first.frame[0].max(other.frame[0]);
            let side_by_side = overlap < 0.5 * (first.frame[1] - first.frame[0]);
            (side_by_side && self.is_apart(&other, 0.3)).then_some(other)
        })
    }

    /// A place for a third one, behind the two and facing us.
    fn third(&mut self, a: &Berth, b: &Berth) -> Option<Berth> {
        let middle = 0.5 * (a.plan() + b.plan());
        let away = self.survey.yaw_to_us(middle) + PI;
        (0..4).find_map(|_| {
            let at = middle + heading(away + 0.4 * self.rng.signed()) * 0.72;
            self.survey.berth(at).filter(|c| self.is_apart(c, 0.3))
        })
    }

    fn rest(&mut self) -> bool {
        let found = (0..6).find_map(|_| {
            let seat = self.survey.seat(&mut self.rng)?;
            self.is_apart(&seat.0, 0.0).then_some(seat)
        });
        let Some((berth, yaw, high)) = found else { return false };
        self.put(Part { has_room: false, ..Part::new(berth, Stance::Sit(high), yaw) });
        true
    }

    fn lean(&mut self) -> bool {
        let found = self.survey.wall(&self.free, &mut self.rng).filter(|(b, _)| self.is_apart(b, 0.6));
        let Some((berth, yaw)) = found else { return false };
        self.put(Part { has_room: false, ..Part::new(berth, Stance::Lean, yaw) });
        true
    }

    /// Somebody who looks up at the subject and is not seen from behind alone.
    fn marvel(&mut self) -> bool {
        let (subject, eye) = (self.survey.subject, 1.6);
        let at = Vec2::new(subject.x, subject.z);
        let found = self.best().into_iter().find_map(|(_, b)| {
            let distance = at.distance(b.plan());
            let high = self.survey.subject_top - b.at.y;
            let yaw = facing(b.plan(), at);
            let is_shown = self.survey.toward_us(b.plan(), yaw) > -0.75;
            let up = ((0.75 * high - eye) / distance.max(1.0)).atan();
            (high > MARVEL_HEIGHT && (2.0..MARVEL_FROM).contains(&distance) && is_shown).then_some((b, yaw, up))
        });
        let Some((berth, yaw, up)) = found else { return false };
        self.put(Part::new(berth, Stance::Marvel(up), yaw));
        true
    }

    /// Somebody before a thing, seen from the side.
    fn browse(&mut self) -> bool {
        let found = self.best().into_iter().find_map(|(_, b)| {
            let thing = self
                .survey
                .anchors
                .iter()
                .copied()
                .min_by(|p, q| p.distance(b.plan()).total_cmp(&q.distance(b.plan())))?;
            let yaw = facing(b.plan(), thing);
            (thing.distance(b.plan()) < 2.4 && self.survey.toward_us(b.plan(), yaw) > -0.55).then_some((b, yaw))
        });
        let Some((berth, yaw)) = found else { return false };
        let yaw = yaw + 0.2 * self.rng.signed();
        self.put(Part::new(berth, Stance::Stand, yaw));
        true
    }

    /// Somebody who waits, three quarters toward us.
    fn stand(&mut self) -> bool {
        let Some((_, berth)) = self.best().into_iter().next() else { return false };
        let side = if self.rng.chance(0.5) { 1.0 } else { -1.0 };
        let yaw = self.survey.yaw_to_us(berth.plan()) + side * self.rng.range(0.35, 1.5);
        let stance = if self.rng.chance(0.5) { Stance::Stand } else { Stance::Listen };
        self.put(Part::new(berth, stance, yaw));
        true
    }
}

/// True when two people neither touch nor hide each other.
fn apart(a: &Berth, b: &Berth, room: f32) -> bool {
    let distance = a.plan().distance(b.plan());
    let overlap = a.frame[1].min(b.frame[1]) - a.frame[0].max(b.frame[0]);
    let width = (a.frame[1] - a.frame[0]).min(b.frame[1] - b.frame[0]);
    distance > 0.9 + room && overlap < 0.35 * width
}

/// An angle between −π and π.
fn wrapped(angle: f32) -> f32 {
    (angle + PI).rem_euclid(TAU) - PI
}
