//! What headings mean, in many languages and forms, and when they are not believed.

use super::*;

/// The id, the summary and the statements of the first hospital.
fn first(name: &str, text: &str) -> String {
    let catalog = load(name, text);
    let (_, hospital) = catalog.hospitals().next().unwrap();
    let details = &hospital.details;
    let facts = details.all_facts().into_iter().map(|one| format!("{}: {}", one.label, one.fact.text));
    let point = details.latitude.zip(details.longitude).map(|(latitude, longitude)| format!("{latitude}, {longitude}"));
    let figures = details.figures.iter().map(|figure| format!("{} {:?}", figure.measure, figure.value));
    let parts =
        [format!("{}: {}", hospital.id, summary(hospital))].into_iter().chain(point).chain(facts).chain(figures);
    parts.collect::<Vec<_>>().join(" | ")
}

#[test]
fn headings_are_known_in_many_languages() {
    for (text, shown) in [
        (
            "id,departamento,municipio,tipo,nombre_establecimiento,nivel,latitud,longitud,camas\n\
             7,Norte,Villa Sauce,Hospital,Hospital del Sauce,3er nivel,-17.1,-66.2,12\n",
            "7: Hospital del Sauce | - |  | Villa Sauce, Norte | Hospital | -17.1, -66.2 | grade: 3er nivel | \
             beds.unspecified Stated(Exact(12.0))",
        ),
        (
            "시군명,사업장명,인허가일자,소재지도로명주소,위도,경도,영업상태명,의료기관종별명,병상수,허가병상수\n\
             가군,가병원,20101008,가군 나로 1,37.7,127.4,영업중,병원,44,83\n",
            "q9f18k43ns: 가병원 | - |  | 가군 | 병원 | 37.7, 127.4 | status: 영업중 | address: 가군 나로 1 | \
             beds.registered Stated(Exact(83.0)) | beds.unspecified Stated(Exact(44.0))",
        ),
        (
            "ID,名称,名称_英字,医療機関の種類,所在地_連結表記,所在地_都道府県,所在地_市区町村,緯度,経度,電話番号,病床数\n\
             0001,楠病院,Kusu Hospital,病院,架空県楠市1-1,架空県,楠市,33.1,130.1,000-000-0001,20\n",
            "0001: 楠病院 | - | Kusu Hospital | 楠市, 架空県 | 病院 | 33.1, 130.1 | address: 架空県楠市1-1 | phone: 000-000-0001 | \
             beds.unspecified Stated(Exact(20.0))",
        ),
        (
            "nofinesset;rs;rslongue;commune;libdepartement;telephone;libcategetab\n\
             990000001;CH PRE;CENTRE HOSPITALIER DU PRE;001;PREVIE;0100000001;Centre Hospitalier\n",
            "990000001: CENTRE HOSPITALIER DU PRE | - | CH PRE | PREVIE | Centre Hospitalier | phone: 0100000001",
        ),
        (
            "OBJECTID,Facility_N,Type,Owner,County,Latitude,Longitude\n1,Pond Dispensary,Dispensary,Private,Fen,-0.3,37.4\n",
            "dsqqmhbcwg: Pond Dispensary | - |  | Fen | Dispensary | -0.3, 37.4 | ownership: Private",
        ),
        (
            "Name d. Krankenhauses;Ort;n_Betten\nKlinik am Teich;Teichstadt;400.0\n",
            "k4c8dwye32: Klinik am Teich | - |  | Teichstadt | - | beds.unspecified Stated(Exact(400.0))",
        ),
        (
            "Nombre Centro;Tipo Vía;Nombre Vía;Número Vía;Municipio;Código Postal;CAMAS\n\
             HOSPITAL SAUCE;Calle;Los Sauces;9;Villa Sauce;00001;82\n",
            "hbbqav4wjh: HOSPITAL SAUCE | - |  | Villa Sauce | - | address: Calle Los Sauces 9, 00001 | \
             beds.unspecified Stated(Exact(82.0))",
        ),
        (
            "X,Y,Name,city\n141.47,43.03,Pond Hospital,Fen\n",
            "mhs5gjn8yn: Pond Hospital | - |  | Fen | - | 43.03, 141.47",
        ),
        (
            "index,facility_name,source_facility_type,odhf_facility_type,street_no,street_name,city\n\
             1,pond lodge,long term care,Residential,4,fen st,fen\n",
            "fr06nxmy8a: pond lodge | - |  | fen | Residential | address: 4 fen st",
        ),
        (
            "Facility name,District,Beds,Lat,Long\n#loc+name,#adm2+name,#indicator+beds,#geo+lat,#geo+lon\nPond,Fen,12,9.1,-1.2\n",
            "fbpqgmysy6: Pond | - |  | Fen | - | 9.1, -1.2 | beds.unspecified Stated(Exact(12.0))",
        ),
    ] {
        let name = format!("heads-{}.csv", shown.len());
        let found = first(&name, text);
        // Ids that are made from name and place are not what is tested here.
        let plain = |text: &str| match text.split_once(": ") {
            Some((id, rest)) if id.len() == 10 => rest.to_owned(),
            _ => text.to_owned(),
        };
        assert_eq!(plain(&found), plain(shown));
    }
}

#[test]
fn headings_are_believed_only_if_their_values_fit() {
    let text = "hospital name,site internet,state,status,start date,end date,launch\n\
                Quay,completed,Elmland,Live,01/01/2020,12/31/2020,x\nHill,pending,43,Live,01/01/2020,12/31/2020,y\n";
    let catalog = load("beliefs.csv", text);
    let [quay, hill] = [0, 1].map(|at| catalog.hospitals().nth(at).unwrap().1);
    assert_eq!((&quay.details.website, &quay.details.status, &quay.details.founded), (&None, &None, &None));
    assert_eq!((summary(quay).as_str(), summary(hill).as_str()), ("Quay | - |  | Elmland | -", "Hill | - |  |  | -"));
    assert_eq!(extra(quay, "status").as_deref(), Some("Live"), "what is not believed is kept");
    let links = "name,website\nA,www.a.example\nB,link to the hospital\nC,https://c.example\n";
    let catalog = load("links.csv", links);
    let websites: Vec<bool> = catalog.hospitals().map(|(_, hospital)| hospital.details.website.is_some()).collect();
    assert_eq!(websites, [true, false, true], "each cell is looked at");
    let dated = "name,opening date\nA,2019-01-01\nB,2019-01-01\nC,2019-01-01\n";
    let catalog = load("stamps.csv", dated);
    assert!(catalog.hospitals().all(|(_, hospital)| hospital.details.founded.is_none()), "one date for all is none");
    let dated = dated.replace("C,2019", "C,1950");
    let catalog = load("dates.csv", &dated);
    assert_eq!(catalog.hospitals().next().unwrap().1.details.founded.as_ref().unwrap().text.as_str(), "2019-01-01");
}

#[test]
fn ids_come_from_one_column() {
    let text =
        "Code,Name,Registration_number,Beds\n11001,Quay,501,120\n501,Hill,N/A,4\n11003,Dale,501,6\n11004,Fen,,0\n";
    let catalog = load("codes.csv", text);
    let ids: Vec<&str> = catalog.hospitals().map(|(_, hospital)| hospital.id.as_str()).collect();
    assert_eq!(ids, ["11001", "501", "11003", "11004"]);
}

#[test]
fn columns_of_numbers_can_be_sorted_and_filtered_by() {
    let text = "Hospital Name,City,ZIP,Score,Waiting (minutes),Opened (%),Year\n\
                Quay,Port,10001,71.5,12,80%,1990\nHill,Ridge,10002,64.2,40,7.5%,1991\nDale,Fen,10003,Not available,9,,1992\n";
    let catalog = load("scores.csv", text);
    let figures = &catalog.hospitals().next().unwrap().1.details.figures;
    let measures: Vec<String> = figures.iter().map(|figure| figure.measure.to_string()).collect();
    assert_eq!(measures, ["score", "waiting-minutes", "opened"], "codes and years count nothing");
    let path = file("scored.csv", text.as_bytes());
    let list = |query: &str| {
        let out = command::run(&["list", query, "-d", path.to_str().unwrap(), "--format", "csv"]);
        let out = String::from_utf8(out.stdout).unwrap();
        out.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list("score>70"), ["Quay"]);
    assert_eq!(list("sort:score"), ["Quay", "Hill", "Dale"]);
    assert_eq!(list("waiting-minutes<15"), ["Quay", "Dale"]);
    assert_eq!(list("opened<10"), ["Hill"]);
}

#[test]
fn price_lists_and_lines_of_data_are_refused() {
    let refused = |name: &str, text: &str| {
        let input = Input::File(file(name, text.as_bytes()));
        formats::load(&[input], &Options::default(), &mut ()).unwrap_err().to_string()
    };
    let prices = "hospital_name,last_updated_on,version\nQuay,2026-01-01,3.0.0\n\
                  description,code|1,standard_charge|gross\nKnee scan,70000,1200\n";
    assert!(refused("prices.csv", prices).contains("a price list of one hospital"));
    let data = "Ospedale Salice,901,Anna,Hospital\nOspedale Olmo,902,Luca,Hospital\nCasa Rovo,903,Ida,Hospital\n";
    assert!(refused("data.csv", data).contains("there is no heading line"), "{}", refused("data.csv", data));
}

#[test]
fn codes_count_nothing() {
    let text = "hospital name,state,teaching,license number,sector,helpline no,no of births,rank\n\
                Elm,12,1,401,1,5550,30,1\nOak,13,0,402,2,5551,44,2\n";
    let catalog = load("codes-only.csv", text);
    let figures = &catalog.hospitals().next().unwrap().1.details.figures;
    let measures: Vec<&str> = figures.iter().map(|figure| figure.measure.as_str()).collect();
    assert_eq!(measures, ["no-of-births"]);
    let hospital = catalog.hospitals().next().unwrap().1;
    assert_eq!(
        (&hospital.details.ownership, &hospital.place.region),
        (&None, &None),
        "a number is no owner and no region"
    );
}

#[test]
fn a_line_of_totals_is_no_hospital() {
    let catalog = load("summed.csv", "hospital name,beds\nElm,30\nTotal Care Clinic,12\nGrand Total,42\n");
    let names: Vec<&str> = catalog.hospitals().map(|(_, hospital)| hospital.name.as_str()).collect();
    assert_eq!(names, ["Elm", "Total Care Clinic"]);
    assert!(catalog.datasets()[0].rejected.first[0].message.contains("a total of other rows"));
}
