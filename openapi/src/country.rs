//! Countries, and how their postal codes are written.

/// ISO 3166-1 alpha-2, in alphabetical order.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ \
    FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS \
    IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN \
    MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN \
    TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// All of them.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CODES.split_ascii_whitespace()
}

/// Whether this is the code of a country.
pub fn is_country(code: &str) -> bool {
    codes().any(|known| known == code)
}

/// How a country writes its postal codes, as an example, if this one is not written so. Countries whose rules are not
/// kept here accept any.
pub fn expected_postal_code(country: &str, code: &str) -> Option<&'static str> {
    let code = code.trim();
    let (fits, example) = match country {
        "US" => (shaped(code, "99999") || shaped(code, "99999-9999"), "94103 or 94103-1234"),
        "IT" | "DE" | "FR" | "ES" => (shaped(code, "99999"), "00184"),
        "GB" => (is_british(code), "SW1A 1AA"),
        "CA" => (shaped(&code.to_ascii_uppercase(), "A9A 9A9"), "K1A 0B1"),
        "NL" => (shaped(&code.to_ascii_uppercase(), "9999 AA"), "1012 AB"),
        "AT" | "BE" | "CH" | "DK" | "NO" => (shaped(code, "9999"), "1010"),
        _ => (true, ""),
    };
    (!fits).then_some(example)
}

/// `9` stands for a digit, `A` for a letter, anything else for itself.
fn shaped(code: &str, shape: &str) -> bool {
    code.len() == shape.len()
        && code.bytes().zip(shape.bytes()).all(|(byte, wanted)| match wanted {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            other => byte == other,
        })
}

fn is_british(code: &str) -> bool {
    let code: String = code.to_ascii_uppercase().chars().filter(|c| *c != ' ').collect();
    let Some((outward, inward)) = code.len().checked_sub(3).and_then(|at| code.split_at_checked(at)) else {
        return false;
    };
    let is_outward = ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].iter().any(|shape| shaped(outward, shape));
    (is_outward && shaped(inward, "9AA")) || code == "GIR0AA"
}

/// The codes as a schema: one of them, or nothing at all.
#[cfg(feature = "schema")]
pub(crate) fn schema() -> utoipa::openapi::schema::Object {
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .description(Some("The country, in two letters (ISO 3166-1)."))
        .enum_values(Some(codes()))
        .examples([serde_json::json!("IT")])
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_listed_once_and_in_order() {
        let listed: Vec<_> = codes().collect();
        assert_eq!(listed.len(), 249);
        assert!(listed.is_sorted_by(|one, next| one < next));
        assert!(is_country("IT") && !is_country("it") && !is_country("ZZ"));
    }

    #[test]
    fn postal_codes_are_written_as_in_their_country() {
        let good = [
            ("US", "94103"),
            ("US", "94103-1234"),
            ("IT", "00184"),
            ("DE", "10115"),
            ("FR", "75001"),
            ("ES", "28013"),
            ("GB", "SW1A 1AA"),
            ("GB", "m11ae"),
            ("GB", "EC1A 1BB"),
            ("CA", "k1a 0b1"),
            ("JP", "whatever"),
        ];
        for (country, code) in good {
            assert_eq!(expected_postal_code(country, code), None, "{country} {code}");
        }
        let bad = [
            ("US", "9410"),
            ("US", "94103-12"),
            ("IT", "0018A"),
            ("DE", "1011"),
            ("FR", "750011"),
            ("GB", "12345"),
            ("GB", "É1 1AA"),
            ("ES", ""),
        ];
        for (country, code) in bad {
            assert!(expected_postal_code(country, code).is_some(), "{country} {code}");
        }
    }
}
