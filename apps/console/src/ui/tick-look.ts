/** How the figures beside a chart's axes look, in both themes. */
export const tickLook = { fill: 'var(--color-quiet)', fontSize: 12 } as const;
