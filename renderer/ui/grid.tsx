import type { ComponentPropsWithRef } from 'react';

/**
 * Rows and cells of a grid whose lines are drawn only as they are needed, which a <table> cannot do. The rows take the
 * focus (`useRovingRows`); cells and headers are read, not acted on.
 */
export function GridRow(props: ComponentPropsWithRef<'div'>) {
  // biome-ignore lint/a11y/useSemanticElements: see above
  // biome-ignore lint/a11y/useFocusableInteractive: see above
  return <div role="row" {...props} />;
}

export function GridCell(props: ComponentPropsWithRef<'span'>) {
  // biome-ignore lint/a11y/useSemanticElements: see above
  // biome-ignore lint/a11y/useFocusableInteractive: see above
  return <span role="gridcell" {...props} />;
}

export function GridHeader(props: ComponentPropsWithRef<'span'>) {
  // biome-ignore lint/a11y/useSemanticElements: see above
  // biome-ignore lint/a11y/useFocusableInteractive: see above
  return <span role="columnheader" {...props} />;
}
