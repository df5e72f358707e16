/** A drop that is a well, with a bolt in it. Decoration: the name stands beside it. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path
        class="mark-drop"
        d="M16 1.5C21.600 8.200 27 13.600 27 19.600a11 11 0 0 1-22 0C5 13.600 10.400 8.200 16 1.500Z"
      />
      <path class="mark-ring" d="M8.200 20.400a7.800 7.800 0 0 0 7.800 7.300" />
      <path class="mark-bolt" d="M18.200 8.500 9.800 19.600h5l-1.400 8 8.800-11.300h-5.200z" />
    </svg>
  )
}
