"""Charts as SVG, made on the server: data in, picture out."""
