#[path = "../benches/typing/corpus.rs"]
mod corpus;
#[path = "../benches/typing/queries.rs"]
mod queries;
use std::sync::Arc;
use std::time::Instant;
use hospitui::search::*;
fn main() {
    let n: usize = std::env::args().nth(1).map_or(200000, |a| a.parse().unwrap());
    let only = std::env::args().nth(2);
    let c = Arc::new(corpus::catalog(corpus::generated(n)));
    let t = Instant::now();
    let mut s = Searcher::new(c);
    println!("built {:?}", t.elapsed());
    let mut all = vec![];
    for q in queries::QUERIES {
        if only.as_deref().is_some_and(|o| o != *q) { continue; }
        for (at, ch) in q.char_indices() {
            let q = &q[..at + ch.len_utf8()];
            let ask = Ask { query: q.to_owned(), want: 200, ..Ask::default() };
            let t = Instant::now();
            let a = s.search(&ask);
            all.push((t.elapsed(), q, a.total));
        }
        s.search(&Ask::default());
    }
    all.sort();
    all.reverse();
    let sum: std::time::Duration = all.iter().map(|a| a.0).sum();
    println!("mean {:?} p50 {:?} p95 {:?} p99 {:?}", sum / all.len() as u32, all[all.len() / 2].0, all[all.len() / 20].0, all[all.len() / 100].0);
    for (t, q, total) in all.iter().take(40) { println!("{t:?} {q} {total}"); }
}
