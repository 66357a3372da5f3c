//! The hospitals to search: generated names with the lengths and scripts of real ones, or names from a file.

use hospitui::catalog::Hospital;
use hospitui::text::Text;
use pinyin::ToPinyin;
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

const CITIES: &[&str] = &[
    "Springfield",
    "Saint Louis",
    "Nairobi",
    "Kampala",
    "Lagos",
    "Hyderabad",
    "Pune",
    "Manila",
    "Cebu",
    "Lima",
    "Arequipa",
    "Bogotá",
    "Medellín",
    "São Paulo",
    "Curitiba",
    "Porto Alegre",
    "Lisboa",
    "Sevilla",
    "Córdoba",
    "Lyon",
    "Orléans",
    "Besançon",
    "Köln",
    "München",
    "Göttingen",
    "Łódź",
    "Kraków",
    "Kyiv",
    "Tashkent",
    "Ankara",
    "Izmir",
    "Hà Nội",
    "Đà Nẵng",
    "Huế",
    "Jakarta",
    "Osaka",
    "Busan",
    "Chongqing",
    "Mudanjiang",
    "Guangzhou",
    "Accra",
    "Dakar",
];
const SAINTS: &[&str] = &[
    "Mary",
    "Joseph",
    "Luke",
    "Anne",
    "John",
    "Francis",
    "Vincent",
    "Elizabeth",
    "Thomas",
    "Catherine",
    "Jude",
    "James",
];
const KINDS: &[&str] = &[
    "Hospital",
    "General Hospital",
    "Medical Center",
    "Medical Centre",
    "Health Centre",
    "Clinic",
    "Children's Hospital",
    "Women's and Children's Hospital",
    "Community Hospital",
    "Memorial Hospital",
    "Regional Hospital",
    "Dispensary",
    "Rehabilitation Hospital",
    "Eye Hospital",
    "Maternity Home",
    "Health Post",
    "University Hospital",
];
const HEADS: &[&str] = &[
    "Northern",
    "Southern",
    "Riverside",
    "Lakeview",
    "Mercy",
    "Hope",
    "Providence",
    "Good Samaritan",
    "Green Valley",
    "Holy Family",
    "Sacred Heart",
    "Crescent",
    "Apollo",
    "Methodist",
    "Baptist",
    "Sunrise",
    "Unity",
    "Victoria",
    "Royal",
];
const LATIN: &[&str] = &[
    "Hôpital",
    "Clinique",
    "Centre Hospitalier",
    "Hospital Clínico",
    "Clínica",
    "Krankenhaus",
    "Bệnh viện",
    "Santa Casa",
];
const HAN_CITIES: &[&str] = &[
    "重庆",
    "北京",
    "上海",
    "广州",
    "牡丹江",
    "长沙",
    "厦门",
    "乐山",
    "成都",
    "武汉",
    "臺北",
    "高雄",
    "香港",
    "西安",
    "南京",
    "哈尔滨",
];
const HAN_KINDS: &[&str] = &[
    "市第一人民医院",
    "妇幼保健院",
    "儿童医院",
    "中医院",
    "大学附属医院",
    "醫院",
    "诊所",
    "市妇女儿童医疗中心",
    "肿瘤医院",
    "口腔医院",
];
const ARABIC: &[&str] = &["مستشفى السلام", "مستشفى الملك فهد", "مركز النور الصحي", "عيادة الأمل"];

/// Generates `count` hospitals, always the same ones.
pub fn generated(count: usize) -> Vec<Hospital> {
    let mut random = SmallRng::seed_from_u64(0x0005_0517_4151);
    (0..count).map(|at| hospital(at, &mut random)).collect()
}

/// A hospital for each line of `text`, at most `count`.
pub fn named(text: &str, count: usize) -> Vec<Hospital> {
    let names = text.lines().filter(|line| !line.is_empty()).take(count);
    names.enumerate().map(|(at, name)| bare(at, name)).collect()
}

fn bare(at: usize, name: &str) -> Hospital {
    Hospital { id: Text::clean(&format!("h{at}")), name: Text::clean(name), ..Hospital::default() }
}

fn hospital(at: usize, random: &mut SmallRng) -> Hospital {
    let mut one = |from: &[&'static str]| *from.choose(random).unwrap_or(&"");
    let (city, head, kind, saint) = (one(CITIES), one(HEADS), one(KINDS), one(SAINTS));
    let (han_city, han_kind, latin, arabic) = (one(HAN_CITIES), one(HAN_KINDS), one(LATIN), one(ARABIC));
    let number = random.random_range(1..200);
    let name = match random.random_range(0..100) {
        0..30 => format!("{head} {kind}"),
        30..45 => format!("St. {saint}'s {kind}, {city}"),
        45..60 => format!("{city} {kind}"),
        60..70 => format!("{latin} {saint} {city}"),
        70..78 => format!("{kind} No. {number} of {city}").to_uppercase(),
        78..92 => {
            return Hospital {
                native_name: Some(Text::clean(&format!("{han_city}{han_kind}"))),
                ..bare(at, &format!("{city} {kind} {number}"))
            };
        }
        92..97 => format!("{han_city}{number}{han_kind}"),
        _ => {
            return Hospital { native_name: Some(Text::clean(arabic)), ..bare(at, &format!("{head} {kind} {number}")) };
        }
    };
    let alias = (random.random_range(0..10) == 0).then(|| Text::clean(&format!("{head} {number}")));
    Hospital { aliases: alias.into_iter().collect(), ..bare(at, &name) }
}

/// The searchable texts of a hospital in one line, for engines that search lines: name, native name, aliases, and the
/// pinyin of Chinese text.
pub fn line(hospital: &Hospital) -> String {
    let texts = [&hospital.name].into_iter().chain(&hospital.native_name).chain(&hospital.aliases);
    let mut line = texts.map(Text::as_str).collect::<Vec<_>>().join(" ");
    let spelt: Vec<&str> = line.as_str().to_pinyin().flatten().map(pinyin::Pinyin::plain).collect();
    if !spelt.is_empty() {
        line = format!("{line} {}", spelt.concat());
    }
    line
}

/// The total size of all names, native names and aliases in bytes.
pub fn bytes(hospitals: &[Hospital]) -> usize {
    let texts = |one: &Hospital| {
        [&one.name].into_iter().chain(&one.native_name).chain(&one.aliases).map(|text| text.len()).sum::<usize>()
    };
    hospitals.iter().map(texts).sum()
}
