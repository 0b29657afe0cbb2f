//! Progress bars on a terminal, plain lines elsewhere, JSON events on request; and Ctrl-C.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use gesamt_package::Medium;
use gesamt_pipeline::{Event, Observer};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde_json::json;

/// Set by the first Ctrl-C; the second one ends the process at once.
fn interrupted() -> &'static AtomicBool {
    static FLAG: OnceLock<AtomicBool> = OnceLock::new();
    FLAG.get_or_init(|| {
        // Without a handler the system's default ends the process, which is safe too: packages are renamed when whole.
        let _ = ctrlc::set_handler(|| {
            if interrupted().swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
        });
        AtomicBool::new(false)
    })
}

/// How progress is shown.
enum Show {
    Bars { bars: MultiProgress, media: Mutex<BTreeMap<Medium, ProgressBar>> },
    Lines,
    Json { last: Mutex<BTreeMap<Medium, (Instant, Instant)>> },
}

/// Shows what happens and passes Ctrl-C on.
pub struct Progress {
    show: Show,
}

impl Progress {
    /// Progress for a command; `as_json` writes events to standard output.
    pub fn new(as_json: bool) -> Self {
        interrupted();
        let show = if as_json {
            Show::Json { last: Mutex::new(BTreeMap::new()) }
        } else if std::io::stderr().is_terminal() {
            Show::Bars { bars: MultiProgress::new(), media: Mutex::new(BTreeMap::new()) }
        } else {
            Show::Lines
        };
        Self { show }
    }

    /// True once the user asked to stop.
    pub fn is_interrupted(&self) -> bool {
        interrupted().load(Ordering::SeqCst)
    }

    /// A line for people.
    #[expect(clippy::print_stderr, reason = "progress goes to standard error")]
    pub fn say(&self, line: &str) {
        match &self.show {
            // Printing fails only when the terminal is gone, and then nobody misses the line.
            Show::Bars { bars, .. } => drop(bars.println(line)),
            Show::Lines => eprintln!("{line}"),
            Show::Json { .. } => {}
        }
    }

    /// An event for programs, when they asked.
    pub fn emit(&self, event: serde_json::Value) {
        if matches!(self.show, Show::Json { .. }) {
            // A reader that went away does not stop the work.
            let _ = writeln!(std::io::stdout(), "{event}");
        }
    }
}

impl Observer for Progress {
    fn event(&self, event: Event) -> ControlFlow<()> {
        match &self.show {
            Show::Bars { bars, media } => show_bar(bars, media, &event),
            Show::Lines => self.show_line(&event),
            Show::Json { last } => self.show_json(last, &event),
        }
        if self.is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn show_bar(bars: &MultiProgress, media: &Mutex<BTreeMap<Medium, ProgressBar>>, event: &Event) {
    let mut media = lock(media);
    match event {
        Event::World { title } => drop(bars.println(title)),
        Event::Started { medium } => {
            let bar = bars.add(ProgressBar::new(1000));
            if let Ok(style) = ProgressStyle::with_template("  {prefix:<10} {bar:32.cyan/238} {percent:>3} %  {msg}") {
                bar.set_style(style.progress_chars("━━─"));
            }
            bar.set_prefix(medium.label());
            bar.enable_steady_tick(Duration::from_millis(200));
            media.insert(*medium, bar);
        }
        Event::Progress { medium, fraction } => {
            if let Some(bar) = media.get(medium) {
                bar.set_position((fraction * 1000.0) as u64);
                if *fraction > 0.02 {
                    let left = bar.elapsed().as_secs_f32() * (1.0 - fraction) / fraction;
                    bar.set_message(format!("{left:.0} s left"));
                }
            }
        }
        Event::Preview { path, size: [w, h] } => drop(bars.println(format!("  preview {w}x{h}: {}", path.display()))),
        Event::Finished { medium, secs, is_reused } => {
            if let Some(bar) = media.get(medium) {
                bar.set_position(1000);
                bar.finish_with_message(format!("{secs:.1} s"));
            } else if *is_reused {
                drop(bars.println(format!("  {:<10} kept from the earlier run", medium.label())));
            }
        }
    }
}

impl Progress {
    fn show_line(&self, event: &Event) {
        match event {
            Event::World { title } => self.say(title),
            Event::Started { medium } => self.say(&format!("  {} …", medium.label())),
            Event::Progress { .. } => {}
            Event::Preview { path, size: [w, h] } => self.say(&format!("  preview {w}x{h}: {}", path.display())),
            Event::Finished { medium, is_reused: true, .. } => {
                self.say(&format!("  {} kept from the earlier run", medium.label()));
            }
            Event::Finished { medium, secs, .. } => self.say(&format!("  {} {secs:.1} s", medium.label())),
        }
    }

    fn show_json(&self, last: &Mutex<BTreeMap<Medium, (Instant, Instant)>>, event: &Event) {
        match event {
            Event::World { title } => self.emit(json!({ "event": "world", "title": title })),
            Event::Started { medium } => {
                let now = Instant::now();
                lock(last).insert(*medium, (now, now));
                self.emit(json!({ "event": "started", "medium": medium.label() }));
            }
            Event::Progress { medium, fraction } => {
                // At most four events a second for each medium.
                let mut last = lock(last);
                let Some((started, told)) = last.get_mut(medium) else { return };
                if told.elapsed() < Duration::from_millis(250) {
                    return;
                }
                *told = Instant::now();
                let left = (*fraction > 0.02).then(|| started.elapsed().as_secs_f32() * (1.0 - fraction) / fraction);
                let event =
                    json!({ "event": "progress", "medium": medium.label(), "fraction": fraction, "secs_left": left });
                self.emit(event);
            }
            Event::Preview { path, size } => self.emit(json!({ "event": "preview", "path": path, "size": size })),
            Event::Finished { medium, secs, is_reused } => {
                let event = json!({ "event": "finished", "medium": medium.label(), "secs": secs, "reused": is_reused });
                self.emit(event);
            }
        }
    }
}
