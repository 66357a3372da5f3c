//! x
#[path = "../benches/typing/corpus.rs"]
#[allow(dead_code)]
mod corpus;
use std::sync::Arc;
use std::time::Instant;
use hospitui::search::*;
fn main() {
    let n: usize = std::env::args().nth(1).map_or(200000, |a| a.parse().unwrap());
    let c = Arc::new(corpus::catalog(corpus::generated(n)));
    let t = Instant::now();
    let mut s = Searcher::new(c);
    println!("built {:?}", t.elapsed());
    let qs: Vec<String> = std::env::args().skip(2).collect();
    for q in qs.iter().cycle().take(qs.len() * 4) {
        let ask = Ask { query: q.to_owned(), want: std::env::var("WANT").map_or(200, |w| w.parse().unwrap()), ..Ask::default() };
        let t = Instant::now();
        let a = s.search(&ask);
        println!("{q} {:?} {}", t.elapsed(), a.total);
        s.search(&Ask::default());
    }
}
