//! How a pen closes a model: it stands on the ground, its shells are apart, and what stops a body fits it.

use std::collections::HashSet;

use gesamt_mesh::{Aabb, Hull, Mesh, Model, Socket};
use gesamt_world::MaterialKind;
use glam::{Affine3A, Vec3};

use super::pen::{Pen, is_plant, v};

impl Pen<'_> {
    /// The model, resting on y = 0.
    pub fn finish(mut self) -> Model {
        self.part_shells();
        let low = self.model.mesh.bounds().min.y;
        if low.is_finite() && low.abs() > 0.02 {
            let up = Affine3A::from_translation(v(0.0, -0.01 - low, 0.0));
            let mesh = std::mem::take(&mut self.model.mesh);
            self.model.mesh.append(&mesh, up, 0);
            self.model.lights.iter_mut().for_each(|l| l.position.y -= 0.01 + low);
            self.model.collision.iter_mut().flat_map(|h| &mut h.points).for_each(|p| p.y -= 0.01 + low);
            self.model.sockets.iter_mut().for_each(|s| s.position.y -= 0.01 + low);
        }
        self.close_collision();
        self.light_sockets();
        self.model
    }

    /// Moves shells that share an edge with an earlier one by a fraction of a millimetre: where solids touch edge to edge, a
    /// modelling tool would weld them into something that is no manifold.
    fn part_shells(&mut self) {
        const NUDGE: Vec3 = Vec3::new(1.7e-4, 1.1e-4, 1.3e-4);
        let mesh = &mut self.model.mesh;
        let mut taken = HashSet::new();
        let mut next = 0;
        for (index, &start) in self.shells.iter().enumerate() {
            let end = self.shells.get(index + 1).copied().unwrap_or(mesh.positions.len());
            let first = next;
            while next < mesh.triangles.len() && (mesh.triangles[next][0] as usize) < end {
                next += 1;
            }
            let edges = |mesh: &Mesh| -> Vec<[[u32; 3]; 2]> {
                let key = |i: u32| mesh.positions[i as usize].to_array().map(|v| (v + 0.0).to_bits());
                let sides = |[a, b, c]: [u32; 3]| [[a, b], [b, c], [c, a]];
                mesh.triangles[first..next]
                    .iter()
                    .flat_map(|t| sides(*t))
                    .filter(|[a, b]| key(*a) < key(*b))
                    .map(|e| e.map(key))
                    .collect()
            };
            let mut own = edges(mesh);
            for _ in 0..8 {
                if !own.iter().any(|edge| taken.contains(edge)) {
                    break;
                }
                mesh.positions[start..end].iter_mut().for_each(|p| *p += NUDGE);
                own = edges(mesh);
            }
            taken.extend(own);
        }
    }

    /// Every practical light is a socket, so that an engine can hang its own lamp there.
    fn light_sockets(&mut self) {
        for (index, light) in self.model.lights.iter().enumerate() {
            let name = format!("Light_{index:02}");
            self.model.sockets.push(Socket { name, position: light.position, yaw_rad: 0.0 });
        }
    }

    /// Fits the regions that stop a body to the hard parts: cuts what is too large and adds boxes for what sticks out.
    fn close_collision(&mut self) {
        let mesh = &self.model.mesh;
        let plant = is_plant(self.slot.family);
        let is_hard = |t: &usize| plant || self.model.materials[mesh.slots[*t] as usize].kind != MaterialKind::Leaves;
        let hard: Vec<Vec3> = (0..mesh.triangles.len()).filter(is_hard).flat_map(|t| mesh.corners(t)).collect();
        let bounds = Aabb::around(hard.iter().copied());
        let hulls = &mut self.model.collision;
        if hulls.is_empty() {
            hulls.push(Hull::cuboid(bounds.min, bounds.max));
        }
        for point in hulls.iter_mut().flat_map(|h| &mut h.points) {
            *point = point.clamp(bounds.min, bounds.max);
        }
        let covered = Aabb::around(hulls.iter().flat_map(|h| h.points.iter().copied()));
        for axis in 0..3 {
            let slack = (0.06 * bounds.size()[axis]).min(0.1);
            for (sign, edge) in [(1.0, covered.max[axis]), (-1.0, covered.min[axis])] {
                let beyond = hard.iter().copied().filter(|p| sign * (p[axis] - edge) > 0.0);
                let mut extra = Aabb::around(beyond);
                let reach = if sign > 0.0 { bounds.max[axis] - edge } else { edge - bounds.min[axis] };
                if reach <= slack {
                    continue;
                }
                // The box reaches back to the hulls it continues and is never thinner than 4 cm.
                if sign > 0.0 {
                    extra.min[axis] = edge
                } else {
                    extra.max[axis] = edge
                }
                let pad = (Vec3::splat(0.04) - extra.size()).max(Vec3::ZERO) * 0.5;
                hulls.push(Hull::cuboid(extra.min - pad, extra.max + pad));
            }
        }
    }
}
