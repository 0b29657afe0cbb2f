//! `gesamt rights`.

use anyhow::anyhow;
use gesamt_prior::rights::{Kind, LEDGER, verify};

use crate::failure::Failure;
use crate::world::print;

/// Prints and verifies the ledger.
pub fn run(is_json: bool) -> Result<(), Failure> {
    let (works, findings) = verify(LEDGER);
    if is_json {
        print(LEDGER)?;
    } else {
        let mut text = String::new();
        for work in &works {
            let size = if work.kind == Kind::Corpus { "records" } else { "bytes" };
            let from = match work.from.len() {
                0 => String::new(),
                1..=3 => format!(", from {}", work.from.join(", ")),
                n => format!(", from {n} texts above"),
            };
            text += &format!(
                "{}\n    {} by {}, {}, {} {size}{from}\n",
                work.id, work.method, work.holder, work.licence, work.size
            );
        }
        print(&text)?;
    }
    if findings.is_empty() {
        return print(&if is_json {
            String::new()
        } else {
            format!("{} works; the chain is whole and every hash agrees\n", works.len())
        });
    }
    Err(Failure::failed(anyhow!("{}", findings.join("; "))))
}
