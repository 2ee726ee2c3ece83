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
        entry("referred", "Referred and taken on", "Të referuara dhe të pranuara", "Upućeni i prihvaćeni"),
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
        entry("goal_school", "In school or training", "Në shkollë ose aftësim", "U školi ili osposobljavanju"),
        entry(
            "goal_job",
            "In work without the tax incentive",
            "Në punë pa lehtësim tatimor",
            "Zaposleni bez poreske olakšice",
        ),
        entry(
            "goal_job_incentive",
            "In work under the tax incentive",
            "Në punë me lehtësim tatimor",
            "Zaposleni uz poresku olakšicu",
        ),
        entry("re_trafficked", "Trafficked again", "Të trafikuara përsëri", "Ponovo žrtve trgovine ljudima"),
        entry(
            "reflection",
            "Reflection periods begun",
            "Periudha reflektimi të filluara",
            "Započeti periodi za razmišljanje",
        ),
        entry("permit_applied", "Permits applied for", "Leje qëndrimi të kërkuara", "Zatražene dozvole boravka"),
        entry("permit_granted", "Permits granted", "Leje qëndrimi të dhëna", "Izdate dozvole boravka"),
        entry("statement", "Statements given", "Deklarata të dhëna", "Date izjave"),
        entry("investigation", "Investigation opened", "Hetim i hapur", "Otvorena istraga"),
        entry("indicted", "Indictment raised", "Aktakuzë e ngritur", "Podignuta optužnica"),
        entry("on_trial", "Trial begun", "Gjykim i filluar", "Započeto suđenje"),
        entry("convicted", "Conviction in the case", "Dënim në rast", "Osuđujuća presuda u slučaju"),
        entry("acquitted", "Acquittal in the case", "Lirim në rast", "Oslobađajuća presuda u slučaju"),
        entry(
            "charge_rejected", "Charge rejected in the case", "Akuzë e refuzuar në rast", "Odbijena optužba u slučaju"
        ),
        entry("compensation_claimed", "Compensation claimed", "Kompensim i kërkuar", "Zatražena naknada"),
        entry("compensation_granted", "Compensation granted", "Kompensim i lejuar", "Dosuđena naknada"),
        entry("compensation_paid", "Compensation paid", "Kompensim i paguar", "Isplaćena naknada"),
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
    "referred": Label(
        "People whom an agency that helps first took on by a referral in the period; that is not yet assistance.",
        "Personat që një agjenci që ndihmon i mori për herë të parë me referim në periudhë; kjo ende s’është ndihmë.",
        "Lica koja je ustanova koja pomaže prvi put preuzela po uputu u periodu; to još nije pomoć.",
    ),
    "reflection": Label(
        "People whose first reflection period began in the period.",
        "Personat, periudha e parë e reflektimit e të cilëve filloi në periudhë.",
        "Lica čiji je prvi period za razmišljanje započeo u periodu.",
    ),
    "permit_applied": Label(
        "People for whom a residence permit was first applied for in the period.",
        "Personat për të cilët në periudhë u kërkua për herë të parë leje qëndrimi.",
        "Lica za koja je u periodu prvi put zatražena dozvola boravka.",
    ),
    "permit_granted": Label(
        "People to whom a residence permit was first granted in the period.",
        "Personat të cilëve në periudhë iu dha leja e parë e qëndrimit.",
        "Lica kojima je u periodu izdata prva dozvola boravka.",
    ),
    "statement": Label(
        "People who first gave a statement in the period, of their own will.",
        "Personat që në periudhë dhanë deklaratën e parë, me vullnetin e tyre.",
        "Lica koja su u periodu prvi put dala izjavu, svojom voljom.",
    ),
    "investigation": Label(
        "People in whose case an investigation was first opened in the period.",
        "Personat, në rastin e të cilëve hetimi u hap për herë të parë në periudhë.",
        "Lica u čijem je slučaju istraga prvi put otvorena u periodu.",
    ),
    "indicted": Label(
        "People in whose case an indictment was first raised in the period.",
        "Personat, në rastin e të cilëve aktakuza u ngrit për herë të parë në periudhë.",
        "Lica u čijem je slučaju optužnica prvi put podignuta u periodu.",
    ),
    "on_trial": Label(
        "People in whose case a trial first began in the period.",
        "Personat, në rastin e të cilëve gjykimi filloi për herë të parë në periudhë.",
        "Lica u čijem je slučaju suđenje prvi put počelo u periodu.",
    ),
    "convicted": Label(
        "People in whose case somebody was first convicted in the period; those convicted are counted apart.",
        "Personat, në rastin e të cilëve dikush u dënua për herë të parë në periudhë; të dënuarit numërohen veç.",
        "Lica u čijem je slučaju neko prvi put osuđen u periodu; osuđeni se broje posebno.",
    ),
    "acquitted": Label(
        "People in whose case somebody was first acquitted in the period.",
        "Personat, në rastin e të cilëve dikush u lirua për herë të parë në periudhë.",
        "Lica u čijem je slučaju neko prvi put oslobođen u periodu.",
    ),
    "charge_rejected": Label(
        "People in whose case a charge was first rejected in the period.",
        "Personat, në rastin e të cilëve akuza u refuzua për herë të parë në periudhë.",
        "Lica u čijem je slučaju optužba prvi put odbijena u periodu.",
    ),
    "compensation_claimed": Label(
        "People for whom a claim for compensation was first filed in the period.",
        "Personat për të cilët në periudhë u paraqit kërkesa e parë për kompensim.",
        "Lica za koja je u periodu podnet prvi zahtev za naknadu.",
    ),
    "compensation_granted": Label(
        "People to whom compensation was first granted in the period, whole or in part.",
        "Personat të cilëve në periudhë iu lejua për herë të parë kompensimi, i plotë ose i pjesshëm.",
        "Lica kojima je u periodu prvi put dosuđena naknada, cela ili delimična.",
    ),
    "compensation_paid": Label(
        "People to whom compensation was first paid in the period.",
        "Personat të cilëve në periudhë iu pagua për herë të parë kompensimi.",
        "Lica kojima je u periodu prvi put isplaćena naknada.",
    ),
    "goal_school": Label(
        "People who first reached the goal of school or vocational training in the period.",
        "Personat që në periudhë e arritën për herë të parë qëllimin e shkollimit ose aftësimit.",
        "Lica koja su u periodu prvi put ostvarila cilj škole ili osposobljavanja.",
    ),
    "goal_job": Label(
        "People who first reached the goal of work in the period, not under the tax incentive as far as is known.",
        "Personat që në periudhë e arritën për herë të parë qëllimin e punës, pa lehtësim tatimor me sa dihet.",
        "Lica koja su u periodu prvi put ostvarila cilj zaposlenja, koliko je poznato bez poreske olakšice.",
    ),
    "goal_job_incentive": Label(
        "People who first reached the goal of work under the tax incentive in the period.",
        "Personat që në periudhë e arritën për herë të parë qëllimin e punës me lehtësim tatimor.",
        "Lica koja su u periodu prvi put ostvarila cilj zaposlenja uz poresku olakšicu.",
    ),
    "closed": Label(
        "People a case of whom was first closed in the period.",
        "Personat, rasti i të cilëve u mbyll për herë të parë në periudhë.",
        "Lica čiji je slučaj prvi put zatvoren u periodu.",
    ),
}

STAGES: dict[str, tuple[str, ...]] = {
    "identification": ("signal", "screened", "presumed", "identified", "not_identified", "declined_status"),
    "advocacy": ("referred", "assisted", "refused"),
    "shelter": ("sheltered", "unmet_need"),
    "return_or_reintegration": (
        "returned",
        "reintegrated",
        "goal_school",
        "goal_job",
        "goal_job_incentive",
        "re_trafficked",
    ),
    "legal": ("reflection", "permit_applied", "permit_granted"),
    "justice": (
        "statement",
        "investigation",
        "indicted",
        "on_trial",
        "convicted",
        "acquitted",
        "charge_rejected",
    ),
    "compensation": ("compensation_claimed", "compensation_granted", "compensation_paid"),
    "": ("closed",),
}
"""Which counts belong to which stage of the line, or to which track beside it; closing belongs to none."""

MAIN = ("identified", "assisted", "sheltered", "returned")
"""The counts that a page of counts shows when nobody has chosen."""

LISTS = (METRIC,)


def definition(metric: str) -> Label:
    """Return the sentence that defines a count; KeyError for a name that is not a metric."""
    return _DEFINITIONS[METRIC.get(metric).code]
