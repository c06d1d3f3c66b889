/** The controls of `client/ui` as plugins get them. */
import type { PluginUi } from '../../shared/plugin/client.ts'
import { Button, ToolButton } from '../ui/button.tsx'
import { Choices } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Input, Select, Switch } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { Panel } from '../ui/panel.tsx'
import { Avatar } from '../ui/people.tsx'
import { Popover } from '../ui/popover.tsx'
import { Segmented } from '../ui/segmented.tsx'

/** All of them by name. */
export const pluginUi: PluginUi = {
  Avatar,
  Button,
  Choices,
  Dialog,
  Field,
  Icon,
  Input,
  Menu,
  Panel,
  Popover,
  Segmented,
  Select,
  Switch,
  ToolButton,
}
