//! What words find beside names, places and ids: specialties, partners, people, addresses, telephone numbers, every other
//! column of a file.
//!
//! Words are found whole or by their start; words of fewer than three letters only whole. A Chinese word is found inside a
//! text, since each character is a word. A telephone number is found by its digits, however it is written.
//!
//! | file | what it does |
//! |---|---|
//! | `texts` | which texts of a hospital count, and what each is called |
//! | `stand` | how a word stands in such a text |
//! | `segment`, `index` | all words of these texts, sorted, each with its hospitals; made behind the screen |
//! | `row` | whether the text of a row may have a word, for commands, which ask once and make no index |
//! | `lookup`, `phrase` | which hospitals have a word, or several together, by the index or by their rows |

pub(crate) mod index;
pub(crate) mod lookup;
pub(crate) mod phrase;
pub(crate) mod row;
mod segment;
pub(crate) mod stand;
pub(crate) mod texts;
