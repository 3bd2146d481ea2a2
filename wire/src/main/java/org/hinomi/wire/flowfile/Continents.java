package org.hinomi.wire.flowfile;

import java.util.HashMap;
import java.util.Map;

/** The continent of a country, as MaxMind's GeoIP codes them: AF AN AS EU NA OC SA. */
final class Continents {
    private static final Map<String, String> OF = new HashMap<>();

    static {
        put(
                "AF",
                "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW"
                        + " MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW");
        put("AN", "AQ BV GS HM TF");
        put(
                "AS",
                "AE AF AM AZ BD BH BN BT CC CN CX CY GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO"
                        + " MV MY NP OM PH PK PS QA SA SG SY TH TJ TM TR TW UZ VN YE");
        put(
                "EU",
                "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD"
                        + " ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK");
        put(
                "NA",
                "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV"
                        + " SX TC TT US VC VG VI");
        put("OC", "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU WF WS");
        put("SA", "AR BO BR CL CO EC FK GF GY PE PY SR UY VE");
    }

    private Continents() {}

    private static void put(String continent, String countries) {
        for (String country : countries.split(" ", -1)) {
            OF.put(country, continent);
        }
    }

    /** The continent of a country's two letters; {@code ??} of any other text. */
    static String of(String country) {
        return OF.getOrDefault(country, FlowField.UNKNOWN);
    }
}
