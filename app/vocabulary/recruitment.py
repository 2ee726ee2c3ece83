"""How a person was recruited, with what promise and by whom."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import CTDC, HTCDS, OWN, CodeList, entry

METHOD = CodeList(
    "recruitment_method",
    HTCDS,
    (
        entry(
            "place_of_business",
            "At a place of business",
            "Në një lokal ose biznes",
            "U lokalu ili preduzeću",
            HTCDS,
            "AtAPlaceOfBusiness",
        ),
        entry(
            "educational_institution",
            "At a school or university",
            "Në shkollë ose universitet",
            "U školi ili na fakultetu",
            HTCDS,
            "AtAnEducationalInstitution",
        ),
        entry("at_work", "At work", "Në punë", "Na poslu", HTCDS, "AtWork"),
        entry(
            "online_social_networks",
            "Through social networks online",
            "Përmes rrjeteve sociale në internet",
            "Preko društvenih mreža",
            HTCDS,
            "ThroughOnlineSocialNetworks",
        ),
        entry(
            "online_advertisement",
            "Through an online advertisement",
            "Përmes një shpalljeje në internet",
            "Preko oglasa na internetu",
            HTCDS,
            "ThroughAnOnlineAdvertisement",
        ),
        entry(
            "television_advertisement",
            "Through a television advertisement",
            "Përmes një reklame televizive",
            "Preko televizijskog oglasa",
            HTCDS,
            "ThroughATelevisionAdvert",
        ),
        entry(
            "newspaper_advertisement",
            "Through a newspaper advertisement",
            "Përmes një shpalljeje në gazetë",
            "Preko oglasa u novinama",
            HTCDS,
            "ThroughANewspaperAdvert",
        ),
        entry(
            "family",
            "Through family or a family event",
            "Përmes familjes ose një ngjarjeje familjare",
            "Preko porodice ili porodičnog događaja",
            HTCDS,
            "ThroughFamilyOrFamilyEvents",
        ),
        entry(
            "friends",
            "Through friends or a social event",
            "Përmes miqve ose një ngjarjeje shoqërore",
            "Preko prijatelja ili društvenog događaja",
            HTCDS,
            "ThroughFriendsOrSocialEvents",
        ),
        entry("other", "Another way", "Mënyrë tjetër", "Drugi način", HTCDS, "Other"),
        UNKNOWN,
    ),
)

PROMISE = CodeList(
    "recruitment_promise",
    OWN,
    (
        entry("job", "A job", "Punë", "Posao"),
        entry("marriage", "Marriage", "Martesë", "Brak"),
        entry("study", "Study", "Shkollim", "Školovanje"),
        entry(
            "kidnapped", "No promise: taken by force", "Pa premtim: marrje me forcë", "Bez obećanja: odvođenje silom"
        ),
        entry(
            "family_sale",
            "No promise: given or sold by family",
            "Pa premtim: dhënie ose shitje nga familja",
            "Bez obećanja: dala ili prodala ga porodica",
        ),
        entry("other", "Another promise", "Premtim tjetër", "Drugo obećanje"),
        UNKNOWN,
    ),
)

RELATION = CodeList(
    "recruiter_relation",
    CTDC,
    (
        entry("intimate_partner", "Intimate partner", "Partner intim", "Intimni partner", CTDC, "IntimatePartner"),
        entry("friend", "Friend", "Mik", "Prijatelj", CTDC, "Friend"),
        entry("acquaintance", "Acquaintance", "I njohur", "Poznanik", CTDC, "Friend"),
        entry("stranger", "Stranger", "I panjohur", "Nepoznato lice", CTDC, "Other"),
        entry("family", "Family", "Familje", "Porodica", CTDC, "Family"),
        entry("other", "Other", "Tjetër", "Drugo", CTDC, "Other"),
        entry("unknown", "Not known", "Nuk dihet", "Nije poznato", CTDC, "Unknown"),
    ),
)

LISTS = (METHOD, PROMISE, RELATION)
