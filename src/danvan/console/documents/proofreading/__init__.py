"""“Văn bản: đối chiếu kết quả đọc”: is what the machine read right? One item at a time, then all."""
