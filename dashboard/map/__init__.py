"""The map: its data (GeoJSON) and the constant folium map that the browser draws them on."""
