import { type RefObject, useLayoutEffect, useState } from 'react';

/** How far an element is from the top of the document, in pixels; renewed when what is above it grows or shrinks. */
export function useDistanceFromTop(ref: RefObject<Element | null>): number {
  const [distance, setDistance] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const top = ref.current?.getBoundingClientRect().top;
      if (top !== undefined) setDistance(Math.round(top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [ref]);
  return distance;
}
