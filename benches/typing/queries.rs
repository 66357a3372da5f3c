//! What is typed: names, parts of names, several words, initials, pinyin, 汉字, other scripts, slips.

/// The queries, each typed key by key.
pub const QUERIES: &[&str] = &[
    "chongqing", "st mary", "hospital", "children", "childrens hospital", "mudanjiang", "guang", "women", "st josephs",
    "general hospital", "medical center", "mercy", "springfield", "clinic", "eye hospital", "university hospital",
    "saint louis", "lakeview", "good samaritan", "community", "regional", "memorial", "providence", "rehab",
    "maternity", "hopital", "hôpital anne", "clinica", "clínica", "sao paulo", "são paulo", "cordoba", "medellin",
    "munchen", "köln", "krankenhaus", "benh vien", "bệnh viện", "ha noi", "da nang", "lodz", "izmir", "centre", "no 12",
    "hospital no 7", "health post", "dispensary", "royal victoria", "holy family", "sacred heart", "baptist", "apollo",
    "chop", "smh", "gsmc", "wch", "cqsdyrmyy", "cqyk", "beijing", "shanghai", "zhongqing", "xiamen", "xiehe", "fuyou",
    "ertong", "renminyiyuan", "shzl", "重庆", "北京儿童", "医院", "妇幼", "臺北", "台北", "牡丹江", "مستشفى", "السلام",
    "mdjng", "hsptl", "chldrns", "ospital", "enter", "zzzz", "xyz", "hospitl mary",
];
