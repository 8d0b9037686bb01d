"""Where places are: a stop's name to coordinates, with precision and provenance, by way of geopy only.

The first of these answers: a pin in the trip; the cache of earlier answers; the offline geocoders (GeoNames
towns, Natural Earth countries); an online geopy service, if ``TRIP_DASHBOARD_GEOCODER`` names one. Latitude
and longitude are WGS 84 degrees.
"""

from dashboard.places.answers import Located, NotLocated, Pin, Place, PlaceQuery
from dashboard.places.cache import Cache
from dashboard.places.countries import CountryShapes
from dashboard.places.gazetteer import GeoNames
from dashboard.places.online import GeocoderConfigError, Online, online_from_environment
from dashboard.places.resolve import locate_all
from dashboard.places.services import Service, default_services, offline_services

__all__ = [
    "Cache",
    "CountryShapes",
    "GeoNames",
    "GeocoderConfigError",
    "Located",
    "NotLocated",
    "Online",
    "Pin",
    "Place",
    "PlaceQuery",
    "Service",
    "default_services",
    "locate_all",
    "offline_services",
    "online_from_environment",
]
