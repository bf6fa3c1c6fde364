//! Invented towns and names.

use crate::date::{Summer, Zone};
use crate::rng::Rng;

/// Where someone lives and gets care.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) town: &'static str,
    /// ISO 3166 code of the country.
    pub(crate) country: &'static str,
    /// BCP 47 tag and name of the language people speak.
    pub(crate) language: (&'static str, &'static str),
    pub(crate) zone: Zone,
    /// Units of the United States: %, mg/dL, pounds, °F.
    pub(crate) states_units: bool,
    /// BCG is given at birth.
    pub(crate) bcg: bool,
    /// Start of phone numbers.
    pub(crate) phone: &'static str,
    pub(crate) clinics: &'static str,
    pub(crate) hospital: &'static str,
    pub(crate) streets: &'static str,
    /// Which of [`NAMES`] most people here have.
    names: usize,
}

const fn zone(standard: i16, summer: Summer) -> Zone {
    Zone { standard, summer }
}

/// Where the person of the demo lives.
pub(crate) const HOME: Place = Place {
    town: "Larkmoor",
    country: "GB",
    language: ("en", "English"),
    zone: zone(0, Summer::Europe),
    states_units: false,
    bcg: false,
    phone: "+44 1632 960",
    clinics: "Mill Lane Surgery|Larkmoor Health Centre",
    hospital: "Larkmoor General Hospital",
    streets: "Heron Walk|Old Tannery Road|Saddler's Row|Bracken Close",
    names: 0,
};

/// All of them.
static PLACES: &[Place] = &[
    HOME,
    Place {
        town: "Pinebrook Falls",
        country: "US",
        language: ("en", "English"),
        zone: zone(-300, Summer::NorthAmerica),
        states_units: true,
        bcg: false,
        phone: "+1 617 555 0",
        clinics: "Pinebrook Family Medicine|Otter Creek Primary Care",
        hospital: "Pinebrook Memorial Hospital",
        streets: "Quarry Street|Maple Hollow Drive|Ferry Road|Stonewall Lane",
        names: 0,
    },
    Place {
        town: "Alder Bay",
        country: "US",
        language: ("es", "Spanish"),
        zone: zone(-480, Summer::NorthAmerica),
        states_units: true,
        bcg: false,
        phone: "+1 206 555 0",
        clinics: "Alder Bay Community Clinic|Tidewater Health",
        hospital: "Sound View Medical Center",
        streets: "Cannery Avenue|Madrona Court|Beacon Street",
        names: 1,
    },
    Place {
        town: "Kilimbeni",
        country: "KE",
        language: ("sw", "Swahili"),
        zone: zone(180, Summer::None),
        states_units: false,
        bcg: true,
        phone: "+254 20 555 0",
        clinics: "Kilimbeni Health Centre|Mwamba Dispensary",
        hospital: "Kilimbeni County Hospital",
        streets: "Mwembe Road|Soko Street|Shule Lane",
        names: 2,
    },
    Place {
        town: "Obiandu",
        country: "NG",
        language: ("en", "English"),
        zone: zone(60, Summer::None),
        states_units: false,
        bcg: true,
        phone: "+234 1 555 0",
        clinics: "Obiandu Cottage Clinic|Umuka Health Post",
        hospital: "Obiandu Teaching Hospital",
        streets: "Palm Grove Road|Old Market Road|Unity Close",
        names: 3,
    },
    Place {
        town: "Sundarpet",
        country: "IN",
        language: ("hi", "Hindi"),
        zone: zone(330, Summer::None),
        states_units: false,
        bcg: true,
        phone: "+91 44 5550 0",
        clinics: "Sundarpet Clinic|Neem Tree Health Centre",
        hospital: "Sundarpet District Hospital",
        streets: "Temple Tank Road|Weavers' Street|Station Road",
        names: 4,
    },
    Place {
        town: "Valdelosa del Río",
        country: "ES",
        language: ("es", "Spanish"),
        zone: zone(60, Summer::Europe),
        states_units: false,
        bcg: false,
        phone: "+34 910 555 0",
        clinics: "Centro de Salud Valdelosa|Centro de Salud La Noria",
        hospital: "Hospital San Telmo de Valdelosa",
        streets: "Calle del Olmo|Plaza de la Fuente|Calle Molino",
        names: 1,
    },
    Place {
        town: "Ain Rimal",
        country: "JO",
        language: ("ar", "Arabic"),
        zone: zone(180, Summer::None),
        states_units: false,
        bcg: true,
        phone: "+962 6 555 0",
        clinics: "Ain Rimal Health Centre|Zeitoun Clinic",
        hospital: "Ain Rimal Hospital",
        streets: "Olive Street|Citadel Street|Spring Street",
        names: 5,
    },
    Place {
        town: "Devkot",
        country: "NP",
        language: ("ne", "Nepali"),
        zone: zone(345, Summer::None),
        states_units: false,
        bcg: true,
        phone: "+977 1 555 0",
        clinics: "Devkot Health Post|Pipal Clinic",
        hospital: "Devkot Hospital",
        streets: "Ward 3|Ward 5|Bazaar Road",
        names: 4,
    },
    Place {
        town: "Montferrier-sur-Orle",
        country: "FR",
        language: ("fr", "French"),
        zone: zone(60, Summer::Europe),
        states_units: false,
        bcg: false,
        phone: "+33 1 99 00 0",
        clinics: "Maison de santé de l'Orle|Cabinet des Tilleuls",
        hospital: "Centre hospitalier de Montferrier",
        streets: "rue des Tilleuls|place du Lavoir|chemin des Vignes",
        names: 6,
    },
    Place {
        town: "Serra Velha",
        country: "BR",
        language: ("pt", "Portuguese"),
        zone: zone(-180, Summer::None),
        states_units: false,
        bcg: true,
        phone: "+55 11 5550 0",
        clinics: "UBS Serra Velha|UBS Jardim Aurora",
        hospital: "Hospital Municipal Serra Velha",
        streets: "Rua das Acácias|Rua do Moinho|Travessa do Sol",
        names: 7,
    },
    Place {
        town: "Yanhe",
        country: "TW",
        language: ("zh", "Chinese"),
        zone: zone(480, Summer::None),
        states_units: false,
        bcg: true,
        phone: "+886 2 5550 0",
        clinics: "Yanhe Clinic|Lotus Pond Clinic",
        hospital: "Yanhe General Hospital",
        streets: "Bamboo Lane|Harbour Road|Tea Hill Road",
        names: 8,
    },
    Place {
        town: "Brzozowo Górne",
        country: "PL",
        language: ("pl", "Polish"),
        zone: zone(60, Summer::Europe),
        states_units: false,
        bcg: true,
        phone: "+48 22 555 0",
        clinics: "Przychodnia Pod Lipami|Przychodnia Brzozowa",
        hospital: "Szpital w Brzozowie Górnym",
        streets: "ulica Lipowa|ulica Młyńska|ulica Kwiatowa",
        names: 9,
    },
];

/// Women's, men's and family names. Put together by chance: nobody in particular.
const NAMES: &[[&str; 3]] = &[
    [
        "Harriet|Maisie|Rowena|Beth|Imogen|Tamsin|Orla|Cordelia|Fern|Hazel",
        "Alfie|Duncan|Rhys|Callum|Jasper|Owen|Barnaby|Finn|Leonard|Toby",
        "Ashdown|Thistlewood|Pellow|Marrick|Hollins|Fenwright|Garside|O'Dunne|MacAray|Wetherall",
    ],
    [
        "Lucía|Marisol|Xiomara|Belén|Rocío|Yolanda|Inés|Paloma|Noemí|Itzel",
        "Joaquín|Tadeo|Mateo|Rubén|Álvaro|Íñigo|Ernesto|Salvador|Nicolás|Óscar",
        "Quintanar|Villaseca|Ochoterena|Peñalver|Zubieta|Cifuentes|Montañés|Larrañaga|Baeza|Tolosana",
    ],
    [
        "Wanjala|Akinyi|Zawadi|Nafula|Makena|Halima|Chebet|Mwende|Neema|Furaha",
        "Barasa|Otieno|Juma|Kiptoo|Mutua|Baraka|Omondi|Jabali|Kamau|Daudi",
        "Wekesa|Odhiambo|Cheruiyot|Mwangale|Kilonzo|Njoroge|Abdalla|Simiyu|Rotich|Musyoka",
    ],
    [
        "Ifeoma|Yetunde|Adaora|Zainab|Folasade|Ebele|Halimat|Nkechi|Tiwa|Uju",
        "Chinedu|Babatunde|Emeka|Musa|Olumide|Tochi|Sani|Kelechi|Ayo|Ikenna",
        "Adeyinka|Nwachukwu|Balogun|Ezeani|Danladi|Ogunbanjo|Umeh|Lawanson|Ibeto|Abdulsalam",
    ],
    [
        "Meenakshi|Asha|Kavya|Sunita|Lakshmi|Pooja|Ishita|Farida|Deepa|Sarita",
        "Arjun|Suresh|Vikram|Imran|Bishnu|Karthik|Rohan|Harish|Naveen|Dev",
        "Ramanujan|Chaudhary|Venkatesan|Thapaliya|Mukherji|Qureshi|Pillai|Deshpande|Adhikary|Gaikwad",
    ],
    [
        "Rania|Samar|Layal|Hanan|Dima|Nour|Suha|Abeer|Maysoon|Yara",
        "Khalil|Tariq|Ziad|Fadi|Nabil|Omar|Hisham|Rami|Basel|Anwar",
        "Al-Rimawi|Haddadin|Qasrawi|Zeitouni|Al-Masarwa|Shaheen|Najjar|Barghash|Khouri|Daoudi",
    ],
    [
        "Solène|Maëlle|Capucine|Odile|Églantine|Ninon|Aminata|Clémence|Zélie|Margaux",
        "Anatole|Thibault|Gaspard|Loïc|Célestin|Bastien|Moussa|Rémi|Armand|Noé",
        "Delaunoy|Bréhant|Chastagnol|Mercadier|Villedieu|Lacassagne|Fontanel|Diabaté|Rouvière|Pélissier",
    ],
    [
        "Iracema|Thaís|Jurema|Conceição|Luana|Bruna|Débora|Flávia|Raíssa|Tainá",
        "Caetano|João|Ubirajara|Otávio|Raimundo|Davi|Murilo|Gonçalo|Wellington|Renan",
        "Cavalcante|do Amaral|Figueiroa|Bittencourt|dos Anjos|Guimarães|Paranhos|Quaresma|Seixas|Vilanova",
    ],
    [
        "Mei-Ling|Shu-Fen|Ya-Ting|Xiu-Ying|Pei-Shan|Hui-Min|Thanh|Ji-Woo|Haruka|Linh",
        "Chih-Wei|Jun-Jie|Wen-Hao|Kuo-Hua|Minh|Seo-Jun|Ren|Tuan|Zhi-Yuan|Kenji",
        "Chiang-Liu|Hsueh|Ouyang|Nguyễn|Morikawa|Baek|Shih|Trương|Tseng|Phan",
    ],
    [
        "Zofia|Jagoda|Bronisława|Agnieszka|Elżbieta|Halina|Oksana|Milena|Łucja|Kinga",
        "Bartłomiej|Zbigniew|Wojciech|Andrij|Kazimierz|Mikołaj|Radosław|Tomasz|Grzegorz|Ignacy",
        "Wrzosek|Dąbrowiecka|Kalinowicz|Shevchuk|Jarzębski|Olszańska|Żurawik|Petrenko|Gęsiarz|Lipniak",
    ],
];

/// A given and a family name.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) given: String,
    pub(crate) family: String,
}

impl Name {
    pub(crate) fn full(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

impl Place {
    /// A place by chance.
    pub(crate) fn any(rng: &mut Rng) -> &'static Self {
        rng.pick(PLACES).unwrap_or(&HOME)
    }

    /// A name of someone who lives here: three in four have one that is common here.
    pub(crate) fn name(&self, rng: &mut Rng, female: bool) -> Name {
        let local = rng.chance(750);
        let any = rng.below(u32::try_from(NAMES.len()).unwrap_or(0)) as usize;
        let [women, men, families] = NAMES.get(if local { self.names } else { any }).copied().unwrap_or_default();
        let given = rng.word(if female { women } else { men });
        Name { given: given.to_owned(), family: rng.word(families).to_owned() }
    }
}
