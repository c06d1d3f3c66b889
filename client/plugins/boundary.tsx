import { Component } from 'preact'
import type { ComponentChild, ComponentChildren, JSX } from 'preact'

interface BoundaryProps {
  onError: (error: unknown) => void
  children: ComponentChildren
}

/** Keeps what goes wrong while its children are drawn from the rest of the page; draws nothing in their place. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  override componentDidCatch(error: unknown): void {
    this.setState({ failed: true })
    this.props.onError(error)
  }

  override render(): ComponentChild {
    return this.state.failed ? null : this.props.children
  }
}

/** A view of a plugin: a component of its own, so that it follows the signals it reads and may use hooks. */
export function View({ view }: { view: () => ComponentChild }): JSX.Element {
  return <>{view()}</>
}
