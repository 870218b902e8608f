// Nodes, not strings: a template is parsed once, from its literal alone; every value becomes text, a node or an attribute.

/** The one Trusted Types policy. It is fed the literals of tagged templates only, which no value can reach. */
const policy = window.trustedTypes?.createPolicy("portico", { createHTML: (/** @type {string} */ literal) => literal });

const SLOT = /\u2039(\d+)\u203a/;

/** @type {WeakMap<TemplateStringsArray, HTMLTemplateElement>} */
const parsed = new WeakMap();

function parse(/** @type {TemplateStringsArray} */ strings) {
  // Only the tag of a template gets an array that is frozen and has `raw`: a call with made-up strings ends here.
  if (!Object.isFrozen(strings) || !strings.raw) {
    throw new TypeError("html is a template tag");
  }
  const literal = strings.reduce((whole, part, index) => `${whole}\u2039${index - 1}\u203a${part}`);
  const template = document.createElement("template");
  template.innerHTML = /** @type {string} */ (policy ? policy.createHTML(literal) : literal);
  return template;
}

/**
 * @param {unknown} value
 * @returns {Node[]}
 */
function toNodes(value) {
  if (value === null || value === undefined || value === false) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap(toNodes);
  }
  return [value instanceof Node ? value : document.createTextNode(String(value))];
}

/** An attribute whose whole value is a slot: `@click` listens, true and false switch it, null leaves it out. */
function fillAttribute(/** @type {Element} */ element, /** @type {Attr} */ attribute, /** @type {unknown[]} */ values) {
  const whole = attribute.value.match(/^\u2039(\d+)\u203a$/);
  const value = whole && values[Number(whole[1])];
  if (attribute.name.startsWith("@")) {
    element.removeAttribute(attribute.name);
    element.addEventListener(attribute.name.slice(1), /** @type {EventListener} */ (value));
  } else if (whole && (value === false || value === null || value === undefined)) {
    element.removeAttribute(attribute.name);
  } else if (value === true) {
    element.setAttribute(attribute.name, "");
  } else {
    attribute.value = attribute.value.replace(/\u2039(\d+)\u203a/g, (_, index) => String(values[Number(index)]));
  }
}

function fillText(/** @type {Text} */ text, /** @type {unknown[]} */ values) {
  const pieces = text.data.split(/(\u2039\d+\u203a)/).filter(Boolean);
  text.replaceWith(
    ...pieces.flatMap((piece) => toNodes(SLOT.test(piece) ? values[Number(piece.match(SLOT)?.[1])] : piece)),
  );
}

/**
 * html`<td>${name}</td>`: a fragment with the values in place.
 * @param {TemplateStringsArray} strings
 * @param {...unknown} values
 * @returns {DocumentFragment}
 */
export function html(strings, ...values) {
  let template = parsed.get(strings);
  if (!template) {
    template = parse(strings);
    parsed.set(strings, template);
  }
  const fragment = document.importNode(template.content, true);
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  /** @type {Node[]} */
  const nodes = [];
  while (walker.nextNode()) {
    nodes.push(walker.currentNode);
  }
  for (const node of nodes) {
    if (node instanceof Text) {
      if (SLOT.test(node.data)) {
        fillText(node, values);
      }
    } else if (node instanceof Element) {
      for (const attribute of [...node.attributes]) {
        if (SLOT.test(attribute.value)) {
          fillAttribute(node, attribute, values);
        }
      }
    }
  }
  return fragment;
}

/**
 * The elements marked data-fill="name".
 * @param {ParentNode} within
 * @param {string} name
 */
export const fills = (within, name) =>
  /** @type {HTMLElement[]} */ ([...within.querySelectorAll(`[data-fill="${CSS.escape(name)}"]`)]);

/** Puts words or nodes into every element marked data-fill="name" and shows it. */
export function fill(/** @type {ParentNode} */ within, /** @type {string} */ name, /** @type {unknown} */ value) {
  for (const element of fills(within, name)) {
    element.replaceChildren(...toNodes(value instanceof Node ? value.cloneNode(true) : value));
    element.hidden = false;
  }
}

/** Shows the steps of a page that carry a name and hides the others; the heading of the step takes the focus. */
export function showStep(/** @type {ParentNode} */ within, /** @type {string} */ name) {
  for (const step of /** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll("[data-step]"))) {
    step.hidden = !(step.dataset.step ?? "").split(" ").includes(name);
  }
  const heading = /** @type {HTMLElement | null} */ (within.querySelector(`[data-step~="${CSS.escape(name)}"] h1`));
  if (heading?.tabIndex === -1) {
    heading.focus();
  }
}
