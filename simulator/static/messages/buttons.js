// The buttons of a message in reading order: the order in which the simulator counts them.

/** All action objects of a message. */
export function actionsOf(message) {
  if (message.type === "template") return ofTemplate(message.template);
  if (message.type === "imagemap") return message.actions;
  return message.type === "flex" ? ofFlex(message.contents) : [];
}

function ofTemplate(template) {
  if (template.type === "image_carousel") return template.columns.map((column) => column.action);
  if (template.type === "carousel") return template.columns.flatMap((column) => column.actions);
  return template.actions;
}

function ofFlex(component) {
  const blocks = ["header", "hero", "body", "footer"].map((name) => component[name]).filter(Boolean);
  const inside = ["box", "carousel"].includes(component.type) ? component.contents : [];
  return [...(component.action ? [component.action] : []), ...blocks.flatMap(ofFlex), ...inside.flatMap(ofFlex)];
}
