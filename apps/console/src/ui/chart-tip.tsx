/** What a chart says of the place that is pointed at. */
export function ChartTip({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <div className="rounded-md border border-line bg-surface px-3 py-2 text-sm shadow-lg">
      <p className="font-medium">{title}</p>
      {lines.map((line) => (
        <p key={line} className="text-quiet">
          {line}
        </p>
      ))}
    </div>
  );
}
