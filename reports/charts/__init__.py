"""Charts: one house style, drawn by matplotlib as SVG text that the page's own font sets."""
