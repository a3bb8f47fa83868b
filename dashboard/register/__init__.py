"""Parts of *Câu hỏi báo chí* and *Lịch*."""
