/** A short statement: what it is about, then a few headings with one paragraph each. */
export function Statement({
  title,
  lead,
  sections,
}: {
  title: string;
  lead: string;
  sections: readonly { title: string; text: string }[];
}) {
  return (
    <div className="wrap page">
      <article className="paper prose">
        <h1>{title}</h1>
        <p className="lead mt-3">{lead}</p>
        {sections.map((section) => (
          <section key={section.title}>
            <h2 className="h3">{section.title}</h2>
            <p>{section.text}</p>
          </section>
        ))}
      </article>
    </div>
  );
}
