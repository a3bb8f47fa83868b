"""Parts of *Báo cáo*."""
