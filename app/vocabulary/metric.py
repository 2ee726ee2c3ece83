"""The names of the counts and one sentence that defines each. How they are computed belongs to the queries."""

from app.vocabulary.code import OWN, CodeList, Label, entry

METRIC = CodeList(
    "metric",
    OWN,
    (
        entry("signal", "Signals", "Njoftime për dyshim", "Prijave sumnje"),
        entry("screened", "Screened", "Vlerësim fillestar i kryer", "Početna procena obavljena"),
        entry("presumed", "Presumed victims", "Viktima të supozuara", "Pretpostavljene žrtve"),
        entry("identified", "Identified victims", "Viktima të identifikuara", "Identifikovane žrtve"),
        entry(
            "not_identified",
            "Not identified as victims",
            "Të paidentifikuara si viktima",
            "Nisu identifikovani kao žrtve",
        ),
        entry("declined_status", "Declined the status", "Nuk e pranuan statusin", "Odbijen status"),
        entry("assisted", "Assisted", "Të asistuara", "Primili pomoć"),
        entry("refused", "Refused help", "Refuzuan ndihmën", "Odbili pomoć"),
        entry("sheltered", "Sheltered", "Të strehuara", "Smešteni u sklonište"),
        entry(
            "unmet_need",
            "Needs for shelter not met",
            "Nevoja të paplotësuara për strehim",
            "Nezadovoljene potrebe za smeštajem",
        ),
        entry("returned", "Returned", "Të kthyera", "Vraćeni"),
        entry("reintegrated", "Reintegrated", "Të riintegruara", "Reintegrisani"),
        entry("re_trafficked", "Trafficked again", "Të trafikuara përsëri", "Ponovo žrtve trgovine ljudima"),
        entry("closed", "Cases closed", "Raste të mbyllura", "Zatvoreni slučajevi"),
    ),
)

_DEFINITIONS = {
    "signal": Label(
        "People about whom a first suspicion of trafficking was recorded in the period.",
        "Personat për të cilët në periudhë u shënua dyshimi i parë për trafikim.",
        "Lica za koja je u periodu zabeležena prva sumnja na trgovinu ljudima.",
    ),
    "screened": Label(
        "People whose first screening was recorded in the period.",
        "Personat, vlerësimi i parë fillestar i të cilëve u shënua në periudhë.",
        "Lica čija je prva početna procena zabeležena u periodu.",
    ),
    "presumed": Label(
        "People who were first presumed to be victims of trafficking in the period.",
        "Personat që në periudhë u supozuan për herë të parë si viktima të trafikimit.",
        "Lica koja su u periodu prvi put pretpostavljena kao žrtve trgovine ljudima.",
    ),
    "identified": Label(
        "People whose first identification as a victim of trafficking was decided in the period.",
        "Personat, identifikimi i parë i të cilëve si viktimë e trafikimit u vendos në periudhë.",
        "Lica o čijoj je prvoj identifikaciji kao žrtve trgovine ljudima odlučeno u periodu.",
    ),
    "not_identified": Label(
        "People about whom it was decided in the period that they are not identified as victims of trafficking.",
        "Personat për të cilët në periudhë u vendos që nuk identifikohen si viktima të trafikimit.",
        "Lica za koja je u periodu odlučeno da se ne identifikuju kao žrtve trgovine ljudima.",
    ),
    "declined_status": Label(
        "People who first declined the status of a victim in the period; they may still be assisted.",
        "Personat që në periudhë nuk e pranuan për herë të parë statusin e viktimës; ndihma mund të vazhdojë.",
        "Lica koja su u periodu prvi put odbila status žrtve; i dalje mogu da primaju pomoć.",
    ),
    "assisted": Label(
        "People to whom the first service with consent was given in the period.",
        "Personat të cilëve në periudhë iu dha shërbimi i parë me pëlqim.",
        "Lica kojima je u periodu pružena prva usluga uz saglasnost.",
    ),
    "refused": Label(
        "People who first refused help in the period; each of them has a next offer.",
        "Personat që në periudhë e refuzuan ndihmën për herë të parë; secili ka një ofertë të radhës.",
        "Lica koja su u periodu prvi put odbila pomoć; svako od njih ima sledeću ponudu.",
    ),
    "sheltered": Label(
        "People whose first admission to a shelter was in the period.",
        "Personat, hyrja e parë e të cilëve në strehimore ishte në periudhë.",
        "Lica čiji je prvi prijem u sklonište bio u periodu.",
    ),
    "unmet_need": Label(
        "People for whom a place in a shelter was asked and could not be given in the period.",
        "Personat për të cilët në periudhë u kërkua vend në strehimore dhe nuk mundi të jepej.",
        "Lica za koja je u periodu traženo mesto u skloništu, a nije moglo da se obezbedi.",
    ),
    "returned": Label(
        "People whose reception after a voluntary return was confirmed in the period.",
        "Personat, pritja e të cilëve pas kthimit vullnetar u konfirmua në periudhë.",
        "Lica čiji je prihvat posle dobrovoljnog povratka potvrđen u periodu.",
    ),
    "reintegrated": Label(
        "People who completed a reintegration plan in the period.",
        "Personat që në periudhë e përfunduan planin e riintegrimit.",
        "Lica koja su u periodu završila plan reintegracije.",
    ),
    "re_trafficked": Label(
        "People about whom it was recorded in the period that they were trafficked again.",
        "Personat për të cilët në periudhë u shënua se janë trafikuar përsëri.",
        "Lica za koja je u periodu zabeleženo da su ponovo bila žrtve trgovine ljudima.",
    ),
    "closed": Label(
        "People a case of whom was first closed in the period.",
        "Personat, rasti i të cilëve u mbyll për herë të parë në periudhë.",
        "Lica čiji je slučaj prvi put zatvoren u periodu.",
    ),
}

STAGES: dict[str, tuple[str, ...]] = {
    "identification": ("signal", "screened", "presumed", "identified", "not_identified", "declined_status"),
    "advocacy": ("assisted", "refused"),
    "shelter": ("sheltered", "unmet_need"),
    "return_or_reintegration": ("returned", "reintegrated", "re_trafficked"),
    "": ("closed",),
}
"""Which counts belong to which stage of the line; closing belongs to none."""

MAIN = ("identified", "assisted", "sheltered", "returned")
"""The counts that a page of counts shows when nobody has chosen."""

LISTS = (METRIC,)


def definition(metric: str) -> Label:
    """Return the sentence that defines a count; KeyError for a name that is not a metric."""
    return _DEFINITIONS[METRIC.get(metric).code]
