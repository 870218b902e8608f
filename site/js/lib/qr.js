// A QR code as a drawing: dark on white in both schemes, since some readers know no other.

const SVG = "http://www.w3.org/2000/svg";

/** Light modules on each side (ISO/IEC 18004 asks for four). */
const QUIET = 4;

/**
 * @param {{size: number, path: string}} code
 * @param {string} name what a reader hears
 */
export function drawQr({ size, path }, name) {
  const svg = document.createElementNS(SVG, "svg");
  const modules = document.createElementNS(SVG, "path");
  const whole = size + 2 * QUIET;
  svg.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${whole} ${whole}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  modules.setAttribute("d", path);
  svg.append(modules);
  return svg;
}
