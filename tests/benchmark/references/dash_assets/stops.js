// What dash-leaflet runs in the browser: how a stop is drawn, and which stops the filters leave.
window.trip = {
  stops: {
    pointToLayer: (feature, latlng) => L.marker(latlng, { title: feature.properties.label }),
    filter: (feature, { hideout }) => {
      const { first, last, country } = feature.properties;
      return hideout.first <= last && first <= hideout.last && (!hideout.countries.length || hideout.countries.includes(country));
    },
  },
};
