/** Zoom, what is shown, the grid, snapping. */
import type { BoardAction, ToolSettings } from '../../types.ts'
import { paintedBounds } from '../selecting.ts'
import type { Facts } from './actions.ts'

/** Steps of the zoom keys. */
const LEVELS = [0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 8, 16, 40]

/** The next level above or below. */
export function nextZoom(zoom: number, by: 1 | -1): number {
  const near = (level: number): boolean => Math.abs(level / zoom - 1) < 0.01
  const list =
    by > 0
      ? LEVELS.filter((level) => level > zoom && !near(level))
      : LEVELS.filter((level) => level < zoom && !near(level))
  return (by > 0 ? list[0] : list.at(-1)) ?? zoom
}

export function viewActions({ editor }: Facts): BoardAction[] {
  const { scene, camera, selection } = editor
  const view = { group: 'view', writes: false } as const
  const glide = { glide: true }
  const always = (): boolean => true
  const toggle = (name: keyof ToolSettings): Pick<BoardAction, 'active' | 'run' | 'enabled'> => ({
    enabled: always,
    active: () => editor.settings.value[name] === true,
    run: () => {
      editor.settings.value = { ...editor.settings.value, [name]: !editor.settings.value[name] }
    },
  })
  return [
    {
      ...view,
      id: 'zoom-in',
      label: 'board.view.zoomIn',
      icon: 'plus',
      keys: ['Mod-+', 'Mod-=', '+', '='],
      enabled: () => nextZoom(camera.place.value.zoom, 1) > camera.place.value.zoom,
      run: () => camera.zoomTo(nextZoom(camera.place.value.zoom, 1), undefined, glide),
    },
    {
      ...view,
      id: 'zoom-out',
      label: 'board.view.zoomOut',
      icon: 'minus',
      keys: ['Mod--', '-'],
      enabled: () => nextZoom(camera.place.value.zoom, -1) < camera.place.value.zoom,
      run: () => camera.zoomTo(nextZoom(camera.place.value.zoom, -1), undefined, glide),
    },
    {
      ...view,
      id: 'zoom-100',
      label: 'board.view.zoom100',
      icon: 'zoom-100',
      keys: ['Mod-0', 'Shift-0'],
      enabled: always,
      run: () => camera.zoomTo(1, undefined, glide),
    },
    {
      ...view,
      id: 'zoom-fit',
      label: 'board.view.fit',
      icon: 'fit',
      keys: ['Shift-1'],
      enabled: always,
      run: () => {
        const bounds = scene.content()
        if (bounds) camera.fit(bounds, glide)
        else camera.set({ x: 0, y: 0, zoom: 1 }, glide)
      },
    },
    {
      ...view,
      id: 'zoom-selection',
      label: 'board.view.fitSelection',
      icon: 'zoom-selection',
      keys: ['Shift-2'],
      enabled: () => selection.value.size > 0,
      run: () => {
        const bounds = paintedBounds(scene, selection.value)
        if (bounds) camera.fit(bounds, { ...glide, most: 4, margin: 64 })
      },
    },
    {
      ...view,
      id: 'snap-shapes',
      label: 'board.view.snapShapes',
      icon: 'snap',
      keys: ["Mod-'"],
      ...toggle('snapShapes'),
    },
    {
      ...view,
      id: 'snap-grid',
      label: 'board.view.snapGrid',
      icon: 'grid',
      keys: ["Mod-Shift-'"],
      ...toggle('snapGrid'),
    },
    {
      ...view,
      id: 'fingers',
      label: 'board.view.fingers',
      icon: 'finger',
      keys: ['Shift-f'],
      enabled: always,
      active: () => editor.settings.value.fingers !== 'move',
      run: () => {
        const { value } = editor.settings
        editor.settings.value = { ...value, fingers: value.fingers === 'move' ? 'draw' : 'move' }
      },
    },
    {
      ...view,
      id: 'recognise',
      label: 'board.view.recognise',
      icon: 'shape',
      keys: ['Shift-r'],
      ...toggle('recognise'),
    },
  ]
}
