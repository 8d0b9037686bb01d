// Loaded after Leaflet, for what folium would take from public hosts. Both are smaller than the libraries they stand in
// for, which favours the reference apps.

// folium's popups and tooltips use one thing of jQuery: turning markup into an element.
window.$ = window.jQuery = (markup) => {
  const holder = document.createElement("template");
  holder.innerHTML = markup.trim();
  return [holder.content.firstChild];
};

// Where the default marker's picture is; Leaflet would guess it from a style sheet that has not come yet.
L.Icon.Default.imagePath = new URL("images/", document.currentScript.src).href;
