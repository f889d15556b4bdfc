/** PromQL in a file of alert rules or a dashboard, an expression each. */
export function expressionsIn(text: string): string[] {
  if (text.startsWith("{"))
    return [...text.matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g)].map(([, json]) => JSON.parse(json ?? '""') as string);
  return [...text.matchAll(/^ +expr: (?:\|\n((?: {10}.*\n)+)|(.*)\n)/gm)].map(([, lines, line]) => lines ?? line ?? "");
}

/** The metrics that an expression asks for, by the names they are counted under, with the labels it picks them by. */
export function metricsIn(expression: string): { name: string; labels: string[] }[] {
  return [...expression.matchAll(/\b((?:kunci|process|nodejs)_\w+|up)\b(?:\{([^}]*)\})?/g)].map(
    ([, asked = "", picked = ""]) => ({
      name: asked.replace(/_(?:bucket|sum|count)$/, ""),
      labels: [...picked.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label ?? ""),
    }),
  );
}
