"""Reference 3: Dash with dash-leaflet, as its documentation recommends it for many markers.

One ``GeoJSON`` layer that fetches the stops once; the filters travel in its ``hideout``, and the browser applies them.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from typing import Any

import dash
import dash_leaflet as dl
from dash import Input, Output, State, ctx, dcc, html
from flask import Response
from trip_stops import Stop, after, count_text, country_names, days, label, read_stops, visible

STOPS = read_stops()
BEGIN, END = days(STOPS)
LENGTH = (END - BEGIN).days
FEATURES = [
    {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [stop["lon"], stop["lat"]]},
        "properties": {"index": index, "label": label(stop), **{k: stop[k] for k in ("first", "last", "country")}},
    }
    for index, stop in enumerate(STOPS)
]
GEOJSON = json.dumps({"type": "FeatureCollection", "features": FEATURES})


def dates(value: list[int]) -> tuple[dt.date, dt.date]:
    """The days that the slider's two numbers stand for."""
    return BEGIN + dt.timedelta(days=value[0]), BEGIN + dt.timedelta(days=value[1])


def hideout(first: dt.date, last: dt.date, countries: list[str]) -> dict[str, Any]:
    """What the filter in the browser is told."""
    return {"first": first.isoformat(), "last": last.isoformat(), "countries": countries}


def panel(stop: Stop | None) -> list[Any]:
    """What the trip says of the selected stop."""
    if stop is None:
        return [html.P("Click on a marker.")]
    facts = f"{stop['country']}, {stop['first']} to {stop['last']}"
    return [html.H3(label(stop)), html.P(facts), html.P(stop["remarks"])]


app = dash.Dash(__name__, assets_folder="dash_assets", title="Dash")
stops_layer = dl.GeoJSON(
    id="stops",
    url="/stops.json",
    filter={"variable": "trip.stops.filter"},
    pointToLayer={"variable": "trip.stops.pointToLayer"},
    hideout=hideout(BEGIN, END, []),
)
app.layout = html.Div(
    [
        dcc.RangeSlider(0, LENGTH, 1, value=[0, LENGTH], marks=None, id="days", allow_direct_input=False),
        dcc.Dropdown(country_names(STOPS), multi=True, id="countries", placeholder="Countries"),
        html.P(id="count"),
        html.Div(
            [
                dl.Map([stops_layer], center=(30, 20), zoom=2, style={"flex": 3, "height": 600}),
                html.Div([html.Button("Next stop", id="next"), html.Div(panel(None), id="stop")], style={"flex": 2}),
            ],
            style={"display": "flex", "gap": 16},
        ),
        dcc.Store(id="selected"),
    ]
)


@app.server.route("/stops.json")
def stops_json() -> Response:
    """The stops as GeoJSON, fetched once by the layer."""
    return Response(GEOJSON, mimetype="application/json")


@app.callback(
    Output("stops", "hideout"), Output("count", "children"), Input("days", "value"), Input("countries", "value")
)
def filter_stops(value: list[int], countries: list[str] | None) -> tuple[dict[str, Any], str]:
    """Pass the filters on to the layer, and count what they leave."""
    first, last = dates(value)
    shown = visible(STOPS, first, last, countries or [])
    return hideout(first, last, countries or []), count_text(shown, STOPS, first, last)


@app.callback(
    Output("stop", "children"),
    Output("selected", "data"),
    Input("stops", "clickData"),
    Input("next", "n_clicks"),
    State("selected", "data"),
    State("days", "value"),
    State("countries", "value"),
    prevent_initial_call=True,
)
def select(
    click: dict[str, Any] | None, _: int | None, selected: int | None, value: list[int], countries: list[str] | None
) -> tuple[list[Any], int | None]:
    """Show the stop that was clicked, or the next one."""
    if ctx.triggered_id == "next":
        now = None if selected is None else STOPS[selected]
        stop = after(now, visible(STOPS, *dates(value), countries or []))
    else:
        stop = STOPS[click["properties"]["index"]] if click else None
    return panel(stop), None if stop is None else stop["number"] - 1


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), debug=False)
